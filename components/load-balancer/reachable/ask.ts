import type { LookupAddress } from "node:dns";
import { request as httpRequest, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect, type LookupFunction } from "node:net";
import { failureOf } from "./failure.ts";
import type { AskedPort } from "./front.ts";

/** How long one try may take. */
const TRY_MILLISECONDS = 5000;
/** How long a connection has to stay: one that is accepted for nobody is closed before. */
const OPEN_MILLISECONDS = 1000;
/** What load balancers and proxies say themselves where nobody is behind them who answers. */
const FROM_BETWEEN: readonly (number | undefined)[] = [502, 503, 504];

/** Asks one address on one port. Returns what is wrong, or nothing where it answers. */
export function ask(address: LookupAddress, { port, url }: AskedPort): Promise<string | undefined> {
  return url === undefined ? askConnection(address, port) : askHttp(address, url);
}

/**
 * Whether anything answers a request for `/`: with any status that is not one of a proxy without a server, or in another
 * language, for a load balancer without targets says nothing at all. Redirects are not followed.
 */
function askHttp(address: LookupAddress, url: string): Promise<string | undefined> {
  const [request, options] = url.startsWith("https:")
    ? // The certificate is for the names of the load balancer's users, not for its own.
      [httpsRequest, { ...directlyTo(address), rejectUnauthorized: false }]
    : [httpRequest, directlyTo(address)];
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
function directlyTo(address: LookupAddress): RequestOptions {
  const lookup: LookupFunction = (_, { all }, found) =>
    all === true ? found(null, [address]) : found(null, address.address, address.family);
  return { agent: false, lookup, signal: AbortSignal.timeout(TRY_MILLISECONDS) };
}

/** Whether a connection is accepted, and then either stays or brings something. */
function askConnection({ address }: LookupAddress, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      host: address,
      port,
      signal: AbortSignal.timeout(TRY_MILLISECONDS),
    });
    let open: NodeJS.Timeout | undefined;
    const end = (failure: string | undefined) => {
      clearTimeout(open);
      socket.destroy();
      resolve(failure);
    };
    socket.on("connect", () => {
      open = setTimeout(() => end(undefined), OPEN_MILLISECONDS);
    });
    socket.on("data", () => end(undefined));
    socket.on("end", () => end("accepted and closed at once"));
    socket.on("error", (error) => end(failureOf(error)));
  });
}
