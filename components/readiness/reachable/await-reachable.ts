import { ADDRCONFIG, type LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { type Clock, pollUntil } from "../poll.ts";
import { failureOf } from "./failure.ts";
import type { Front } from "./front.ts";
import { PATIENCE, type Patience, tryPort } from "./try-port.ts";

const LONGEST_PAUSE_MILLISECONDS = 5000;

/** How to wait for a load balancer. */
export interface ReachOptions {
  /** Seconds after which a missing answer is an error. */
  readonly seconds: number;
  /** Whether the load balancer is internal, and this machine may not be able to reach it. */
  readonly isInternal: boolean;
  /** Receives a description of what is awaited, whenever it changes. */
  readonly progress: (text: string) => void;
  /** Resolves a host name as other programs on this machine do. */
  readonly addressesOf?: (host: string) => Promise<readonly LookupAddress[]>;
  /** The clock of the wait. */
  readonly clock?: Clock;
  /** The time limits of one attempt. */
  readonly patience?: Patience;
}

/**
 * Waits until a load balancer answers on every port at every address of its name. The pauses grow, because a name
 * server that is queried too early caches for a while that the name does not exist.
 *
 * @throws Error with the last failures, if it does not answer in time.
 */
export async function awaitReachable(front: Front, options: ReachOptions): Promise<void> {
  const { clock, isInternal, progress, seconds } = options;
  await pollUntil({
    seconds,
    progress,
    look: () => failuresOf(front, options),
    toReadError: (error) => error as Error,
    judge: (failures, timedOut) => {
      if (failures.length === 0) return undefined;
      if (timedOut) throw new Error(reachFailureText(front, failures, seconds, isInternal));
      return `Waiting for an answer from ${failures.join("; ")}`;
    },
    longestPauseMilliseconds: LONGEST_PAUSE_MILLISECONDS,
    ...(clock === undefined ? {} : { clock }),
  });
}

/** The addresses that this machine can use: only of families in which it has an address itself. */
function systemAddressesOf(host: string): Promise<readonly LookupAddress[]> {
  return lookup(host, { all: true, hints: ADDRCONFIG });
}

/** The ports that do not answer, and why. */
async function failuresOf(
  { host, ports }: Front,
  { addressesOf = systemAddressesOf, patience = PATIENCE }: ReachOptions,
): Promise<readonly string[]> {
  let addresses: readonly LookupAddress[];
  try {
    addresses = ofOneFamily(await addressesOf(host));
  } catch (error) {
    return [`${host}: ${failureOf(error as Error)}`];
  }
  const attempts = addresses.flatMap((address) =>
    ports.map(async (port) => {
      const failure = await tryPort(address, port, patience);
      return failure === undefined ? [] : [`${placeText(host, port, address)}: ${failure}`];
    }),
  );
  return (await Promise.all(attempts)).flat();
}

/** The IPv4 addresses, or the IPv6 addresses if there are no others: clients fall back to the other family. */
function ofOneFamily(addresses: readonly LookupAddress[]): readonly LookupAddress[] {
  const first = addresses.filter(({ family }) => family === 4);
  return first.length === 0 ? addresses : first;
}

function placeText(
  host: string,
  { port, url }: Front["ports"][number],
  { address }: LookupAddress,
): string {
  const place = url ?? `${host} port ${port}`;
  return address === host ? place : `${place} at ${address}`;
}

function reachFailureText(
  { host }: Front,
  failures: readonly string[],
  seconds: number,
  isInternal: boolean,
): string {
  const inside = isInternal ? "; an internal address answers only inside its network" : "";
  return (
    `${host} has not answered this machine within ${seconds} s, last: ${failures.join("; ")}; check that its targets are ` +
    "healthy and that security groups and source ranges admit this machine, or set args.reachableWithinSeconds to " +
    `0${inside}`
  );
}
