import type { LookupAddress } from "node:dns";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type LookupFunction } from "node:net";
import { failureOf } from "./failure.ts";
import type { Front } from "./front.ts";

/** The time limits of one attempt. */
export interface Patience {
  /** How long one attempt may take. */
  readonly tryMilliseconds: number;
  /** How long a connection must stay open: a load balancer without targets closes it earlier. */
  readonly openMilliseconds: number;
}

/** The time limits of an update. */
export const PATIENCE: Patience = { tryMilliseconds: 5000, openMilliseconds: 1000 };

/** The statuses of load balancers and proxies without a healthy server. */
const FROM_BETWEEN: readonly (number | undefined)[] = [502, 503, 504];

/** Tries one address on one port. Returns the failure, or undefined if it answers. */
export function tryPort(
  address: LookupAddress,
  { port, url }: Front["ports"][number],
  patience: Patience,
): Promise<string | undefined> {
  return url === undefined
    ? tryConnection(address, port, patience)
    : tryHttp(address, url, patience);
}

/**
 * Requests `/`. Any status counts as an answer, except those of a proxy without a server, and so does an answer that is
 * not HTTP, because a load balancer without targets sends nothing. Redirects are not followed.
 */
function tryHttp(
  address: LookupAddress,
  url: string,
  patience: Patience,
): Promise<string | undefined> {
  const [request, options] = url.startsWith("https:")
    ? // The certificate is for the names of the load balancer's users, not for its own.
      [httpsRequest, { ...directlyTo(address, patience), rejectUnauthorized: false }]
    : [httpRequest, directlyTo(address, patience)];
  return new Promise((resolve) => {
    const sent = request(url, options, (response) => {
      response.destroy();
      const { statusCode } = response;
      resolve(FROM_BETWEEN.includes(statusCode) ? `HTTP ${statusCode}` : undefined);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code?.startsWith("HPE_") === true ? undefined : failureOf(error));
    });
    sent.end();
  });
}

/** A new connection to one of a name's addresses, with the host name that clients send. */
function directlyTo(address: LookupAddress, { tryMilliseconds }: Patience): RequestOptions {
  const lookup: LookupFunction = (_, { all }, found) =>
    all === true ? found(null, [address]) : found(null, address.address, address.family);
  return { agent: false, lookup, signal: AbortSignal.timeout(tryMilliseconds) };
}

/** Tries whether a connection is accepted and then stays open or receives data. */
function tryConnection(
  { address }: LookupAddress,
  port: number,
  { openMilliseconds, tryMilliseconds }: Patience,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      host: address,
      port,
      signal: AbortSignal.timeout(tryMilliseconds),
    });
    let open: NodeJS.Timeout | undefined;
    const end = (failure: string | undefined) => {
      clearTimeout(open);
      socket.destroy();
      resolve(failure);
    };
    socket.on("connect", () => {
      open = setTimeout(() => end(undefined), openMilliseconds);
    });
    socket.on("data", () => end(undefined));
    socket.on("end", () => end("accepted and closed at once"));
    socket.on("error", (error) => end(failureOf(error)));
  });
}
