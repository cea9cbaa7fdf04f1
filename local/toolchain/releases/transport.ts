import type { Readable } from "node:stream";
import { type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import { messageOf } from "../../errors.ts";
import { connectionTrouble } from "./connection-trouble.ts";
import type { Limits } from "./limits.ts";
import { type Mirror, mirrored } from "./mirror.ts";
import { credentialsWanted, type ProxySettings, proxySettings } from "./proxy.ts";
import { ReleaseUnavailable, Trouble } from "./unavailable.ts";

/** An answer whose headers have come. */
export interface Answer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** Has to be read to its end or destroyed. */
  readonly body: Readable;
}

/** What to ask for. */
export interface Question {
  readonly address: string;
  /** @default "GET" */
  readonly method?: "GET" | "HEAD";
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** The way to the publishers or to their mirror. */
export interface Transport {
  readonly limits: Limits;
  /** Where a file is asked for in truth, as it is printed. */
  readonly place: (address: string) => string;
  /**
   * Asks, and follows redirects.
   *
   * @throws ReleaseUnavailable where no answer comes; the signal's reason when aborted
   */
  readonly ask: (question: Question) => Promise<Answer>;
  /** The same trouble in the middle of a body. */
  readonly explain: (address: string, error: unknown) => ReleaseUnavailable;
  readonly close: () => Promise<void>;
}

/** What a way is made of. */
export interface TransportOptions {
  readonly limits: Limits;
  readonly mirror: Mirror | undefined;
  /** Whose proxies are used. */
  readonly env: NodeJS.ProcessEnv;
}

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const PROXY_AUTHENTICATION_REQUIRED = 407;

/**
 * Where a redirect leads.
 *
 * @throws Error where it leaves https, on which a publisher's checksum rests, or leads to no web address
 */
export function redirected(from: URL, location: string): URL {
  const to = URL.parse(location, from.href);
  const allowed = from.protocol === "https:" ? ["https:"] : ["http:", "https:"];
  if (to && allowed.includes(to.protocol)) return to;
  throw new Error(
    `it leads to ${to ? `${to.protocol}//${to.host}` : "no address"}, must stay on https`,
  );
}

type Request = Required<Pick<Question, "method" | "headers">> & { readonly dispatcher: Dispatcher };

/** One request, with a limit on the time until its headers have come: what hangs may be the proxy. */
async function answerOf(at: URL, what: Request, limits: Limits, signal?: AbortSignal) {
  const late = new AbortController();
  const reason = Object.assign(new Error("no answer"), { code: "UND_ERR_HEADERS_TIMEOUT" });
  const timer = setTimeout(() => late.abort(reason), limits.answerMilliseconds);
  try {
    const either = signal ? AbortSignal.any([late.signal, signal]) : late.signal;
    return await request(at, { ...what, signal: either });
  } finally {
    clearTimeout(timer);
  }
}

function answerFrom({ body, headers, statusCode }: Dispatcher.ResponseData): Answer {
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  body.on("error", () => undefined); // Its reader gets the error; without a reader it must not end the process.
  return { status: statusCode, header, body };
}

/** Makes the way there, through the proxies of an environment. */
export function openTransport({ env, limits, mirror }: TransportOptions): Transport {
  const settings = proxySettings(env);
  const dispatcher = new EnvHttpProxyAgent({
    ...settings,
    connectTimeout: limits.connectMilliseconds,
    headersTimeout: limits.answerMilliseconds,
    bodyTimeout: limits.idleMilliseconds,
  });
  const place = (address: string): string => mirrored(address, mirror);
  const explain = (address: string, error: unknown) =>
    unavailable(place(address), error, limits, settings);

  /** Credentials of the mirror go to the mirror, and nowhere it may send us. */
  const headersFor = (at: URL): Record<string, string> =>
    mirror?.authorization !== undefined && at.origin === new URL(mirror.base).origin
      ? { authorization: mirror.authorization }
      : {};

  async function ask({ address, headers = {}, method = "GET", signal }: Question) {
    signal?.throwIfAborted();
    try {
      let at = new URL(place(address));
      for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
        const what = { dispatcher, method, headers: { ...headersFor(at), ...headers } };
        const answer = answerFrom(await answerOf(at, what, limits, signal));
        const location = answer.header("location");
        if (!REDIRECTS.has(answer.status) || location === undefined) {
          return known(answer, place(address), settings);
        }
        answer.body.destroy();
        at = redirected(at, location);
      }
      throw new Error(`it redirects more than ${MOST_REDIRECTS} times`);
    } catch (error) {
      signal?.throwIfAborted();
      throw error instanceof ReleaseUnavailable ? error : explain(address, error);
    }
  }

  return { limits, place, ask, explain, close: () => dispatcher.destroy() };
}

/** A proxy that is not asked to connect answers in the place of the server. */
function known(answer: Answer, place: string, settings: ProxySettings): Answer {
  if (answer.status !== PROXY_AUTHENTICATION_REQUIRED) return answer;
  answer.body.destroy();
  throw new ReleaseUnavailable(place, credentialsWanted(place, settings), Trouble.Lasting);
}

function unavailable(place: string, error: unknown, limits: Limits, settings: ProxySettings) {
  const { proxyStatus, reason } = connectionTrouble(error, limits);
  return proxyStatus === PROXY_AUTHENTICATION_REQUIRED
    ? new ReleaseUnavailable(place, credentialsWanted(place, settings), Trouble.Lasting)
    : new ReleaseUnavailable(place, reason || messageOf(error), Trouble.Passing);
}
