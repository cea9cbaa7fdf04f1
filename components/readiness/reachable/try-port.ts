import type { LookupAddress } from "node:dns";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type LookupFunction } from "node:net";
import { failureOf } from "./failure.ts";
import type { AskedPort } from "./front.ts";

/** How long is waited within one try. */
export interface Patience {
  /** How long one try may take. */
  readonly tryMilliseconds: number;
  /** How long a connection has to stay: one that is accepted for nobody is closed before. */
  readonly openMilliseconds: number;
}

/** The patience of updates. */
export const PATIENCE: Patience = { tryMilliseconds: 5000, openMilliseconds: 1000 };

/** What load balancers and proxies say themselves where nobody is behind them who answers. */
const FROM_BETWEEN: readonly (number | undefined)[] = [502, 503, 504];

/** Asks one address on one port. Returns what is wrong, or nothing where it answers. */
export function ask(
  address: LookupAddress,
  { port, url }: AskedPort,
  patience: Patience,
): Promise<string | undefined> {
  return url === undefined
    ? askConnection(address, port, patience)
    : askHttp(address, url, patience);
}

/**
 * Whether anything answers a request for `/`: with any status that is not one of a proxy without a server, or in another
 * language, for a load balancer without targets says nothing at all. Redirects are not followed.
 */
function askHttp(
  address: LookupAddress,
  url: string,
  patience: Patience,
): Promise<string | undefined> {
  const [request, options] = url.startsWith("https:")
    ? // The certificate is for the names of the load balancer's users, not for its own.
      [httpsRequest, { ...directlyTo(address, patience), rejectUnauthorized: false }]
    : [httpRequest, directlyTo(address, patience)];
  return new Promise((resolve) => {
    const asked = request(url, options, (response) => {
      response.destroy();
      const { statusCode } = response;
      resolve(FROM_BETWEEN.includes(statusCode) ? `HTTP ${statusCode}` : undefined);
    });
    asked.on("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code?.startsWith("HPE_") === true ? undefined : failureOf(error));
    });
    asked.end();
  });
}

/** A connection of its own to one of a name's addresses, with the name as users give it. */
function directlyTo(address: LookupAddress, { tryMilliseconds }: Patience): RequestOptions {
  const lookup: LookupFunction = (_, { all }, found) =>
    all === true ? found(null, [address]) : found(null, address.address, address.family);
  return { agent: false, lookup, signal: AbortSignal.timeout(tryMilliseconds) };
}

/** Whether a connection is accepted, and then either stays or brings something. */
function askConnection(
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
