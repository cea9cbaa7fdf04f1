import { setTimeout as delay } from "node:timers/promises";
import { type ApiAnswer, type KubernetesApi, linesOf, textOf } from "../api/kubernetes-api.ts";
import { type Timing, timing, withSilenceLimit } from "./timing.ts";

// A list and a watch of our own: the informer of @kubernetes/client-node 2.0.1 stops for good after any error except 410,
// asks for no bookmarks, and swallows what its callbacks throw (dist/cache.js, dist/watch.js).
// https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes

/** An object of the API. */
export interface ApiObject {
  readonly metadata?: { readonly resourceVersion?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** What is learned about a collection of objects. */
export type WatchUpdate =
  | { readonly type: "snapshot"; readonly objects: readonly ApiObject[] }
  | { readonly type: "changed" | "deleted"; readonly object: ApiObject }
  /** The watch is open: what follows is as it happens. */
  | { readonly type: "live" }
  /** The collection cannot be seen at present; what was seen last may be outdated. */
  | { readonly type: "trouble"; readonly reason: string; readonly status?: number };

/** How a collection is watched. */
export interface WatchOptions {
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** @default - that of `timing.ts` */
  readonly timing?: Partial<Timing>;
  /** Told the `Date` header of each answer, by which ages are judged. */
  readonly onDate?: (date: string) => void;
}

/** Failures in a row after which the collection is listed anew: a restored etcd may not know the version. */
const FAILURES_BEFORE_LIST = 3;
/** Objects in one answer of a list. */
const PAGE = 500;

/**
 * Lists a collection and watches it until `signal` is aborted. The watch goes on after errors, restarts of the API
 * server and expired versions.
 *
 * @param path the collection, such as `/api/v1/namespaces/shop/pods`
 */
export async function* listAndWatch(
  api: KubernetesApi,
  path: string,
  options: WatchOptions,
): AsyncGenerator<WatchUpdate> {
  const { signal } = options;
  const limits = { ...timing, ...options.timing };
  let [version, failures] = ["", 0];
  while (!signal.aborted) {
    let retryAfter = 0;
    try {
      if (version === "") {
        const list = await listAll(api, path, options, limits);
        version = list.version;
        yield { type: "snapshot", objects: list.objects };
      }
      for await (const update of watchFrom(api, path, version, options, limits)) {
        if (update.type !== "live") failures = 0;
        if (update.type === "changed" || update.type === "deleted" || update.type === "bookmark") {
          version = update.object.metadata?.resourceVersion ?? version;
        }
        if (update.type !== "bookmark") yield update;
      }
    } catch (error) {
      if (signal.aborted) return;
      const { status, retryAfterSeconds } = error instanceof RefusedError ? error : {};
      retryAfter = (retryAfterSeconds ?? 0) * 1000;
      if (status === GONE) {
        version = "";
      } else {
        yield { type: "trouble", reason: reasonOf(error), ...(status && { status }) };
      }
    }
    failures += 1;
    if (failures >= FAILURES_BEFORE_LIST) version = "";
    await delay(Math.max(retryAfter, limits.pause(failures)), undefined, { signal }).catch(
      () => {},
    );
  }
}

type RawUpdate = Exclude<WatchUpdate, { type: "snapshot" | "trouble" }> | Bookmark;
interface Bookmark {
  readonly type: "bookmark";
  readonly object: ApiObject;
}

async function* watchFrom(
  api: KubernetesApi,
  path: string,
  version: string,
  { signal, onDate }: WatchOptions,
  limits: Timing,
): AsyncGenerator<RawUpdate> {
  const query = new URLSearchParams({
    watch: "true",
    allowWatchBookmarks: "true",
    resourceVersion: version,
    timeoutSeconds: String(Math.ceil(limits.watchSeconds())),
  });
  const silence = withSilenceLimit(signal, limits.silenceMilliseconds);
  try {
    const answer = await asked(api, `${path}?${query}`, silence.signal, onDate);
    yield { type: "live" };
    for await (const line of linesOf(answer)) {
      silence.heard();
      yield updateOf(JSON.parse(line) as { type: string; object: ApiObject });
    }
  } finally {
    silence.end();
  }
}

function updateOf({ type, object }: { type: string; object: ApiObject }): RawUpdate {
  if (type === "ADDED" || type === "MODIFIED") return { type: "changed", object };
  if (type === "DELETED") return { type: "deleted", object };
  if (type === "BOOKMARK") return { type: "bookmark", object };
  throw new RefusedError(Number(object["code"] ?? 0), String(object["message"] ?? type));
}

async function listAll(
  api: KubernetesApi,
  path: string,
  { signal, onDate }: WatchOptions,
  limits: Timing,
): Promise<{ readonly objects: readonly ApiObject[]; readonly version: string }> {
  const objects: ApiObject[] = [];
  const silence = withSilenceLimit(signal, limits.answerMilliseconds);
  try {
    for (let token = ""; ; ) {
      const query = new URLSearchParams({ limit: String(PAGE), ...(token && { continue: token }) });
      const answer = await asked(api, `${path}?${query}`, silence.signal, onDate);
      const list = JSON.parse(await textOf(answer)) as ApiList;
      silence.heard();
      objects.push(...(list.items ?? []));
      token = list.metadata?.continue ?? "";
      if (token === "") return { objects, version: list.metadata?.resourceVersion ?? "" };
    }
  } finally {
    silence.end();
  }
}

interface ApiList {
  readonly items?: readonly ApiObject[];
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
}

async function asked(
  api: KubernetesApi,
  path: string,
  signal: AbortSignal,
  onDate?: (date: string) => void,
): Promise<ApiAnswer> {
  const answer = await api.get(path, signal);
  const { date, "retry-after": retryAfter } = answer.headers;
  if (typeof date === "string") onDate?.(date);
  if (answer.status === 200) return answer;
  await textOf(answer);
  throw new RefusedError(answer.status, reasonOfStatus(answer.status), secondsIn(retryAfter));
}

/** The seconds of a `Retry-After` header. A date counts for nothing: the usual pause is made. */
export const secondsIn = (retryAfter: ApiAnswer["headers"][string]): number =>
  Number(retryAfter) || 0;

/** 410: the version is older than what the server keeps. */
const GONE = 410;

class RefusedError extends Error {
  readonly status: number;
  readonly retryAfterSeconds: number;

  constructor(status: number, reason: string, retryAfterSeconds = 0) {
    super(reason);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

function reasonOfStatus(status: number): string {
  if (status === 403) return "forbidden";
  if (status === 401) return "not authenticated";
  if (status === 404) return "not served";
  return `HTTP status ${status}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof RefusedError) return error.message;
  if (error instanceof SyntaxError) return "answer is not JSON";
  const { code, message, name } = error as NodeJS.ErrnoException;
  if (name === "TimeoutError" || name === "AbortError") return "timed out";
  return code === undefined ? message : `unreachable (${code})`;
}
