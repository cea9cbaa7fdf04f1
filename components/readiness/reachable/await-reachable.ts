import { ADDRCONFIG, type LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { failureOf } from "./failure.ts";
import type { AskedPort, Front } from "./front.ts";
import { ask, PATIENCE, type Patience } from "./try-port.ts";

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 5000;

/** What measures the wait, and what lets the time between two tries pass. */
export interface Clock {
  now(): number;
  pause(milliseconds: number): Promise<unknown>;
}

const SYSTEM: Clock = {
  now: () => performance.now(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** How a load balancer is waited for. */
export interface ReachOptions {
  /** After which time no answer is an error. */
  readonly seconds: number;
  /** Whether it may be out of this machine's reach on purpose. */
  readonly isInternal: boolean;
  /** Told what is waited for, whenever that changes. */
  readonly progress: (text: string) => void;
  /** Finds the addresses of a name, as other programs on this machine do. */
  readonly addressesOf?: (host: string) => Promise<readonly LookupAddress[]>;
  /** What time passes by. */
  readonly clock?: Clock;
  /** How long is waited within one try. */
  readonly patience?: Patience;
}

/**
 * Waits until a load balancer answers on every port at every address that its name has. The pauses grow: a name server
 * that was asked too early says for a while that there is no such name.
 *
 * @throws Error with the last answers, if it does not in time.
 */
export async function awaitReachable(front: Front, options: ReachOptions): Promise<void> {
  const { clock = SYSTEM, isInternal, progress, seconds } = options;
  const end = clock.now() + seconds * 1000;
  let pause = FIRST_PAUSE_MILLISECONDS;
  let said = "";
  for (;;) {
    const failures = await failuresOf(front, options);
    if (failures.length === 0) {
      return;
    }
    const left = end - clock.now();
    if (left <= 0) {
      throw new Error(failureText(front, failures, seconds, isInternal));
    }
    const waitedFor = `Waiting for an answer of ${failures.join("; ")}`;
    if (waitedFor !== said) {
      said = waitedFor;
      progress(waitedFor);
    }
    await clock.pause(Math.min(pause, left));
    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
  }
}

/** The addresses that this machine can use: none of a family that it has no address of its own of. */
function systemAddressesOf(host: string): Promise<readonly LookupAddress[]> {
  return lookup(host, { all: true, hints: ADDRCONFIG });
}

/** What does not answer now, and why. */
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
  const asked = addresses.flatMap((address) =>
    ports.map(async (port) => {
      const failure = await ask(address, port, patience);
      return failure === undefined ? [] : [`${placeText(host, port, address)}: ${failure}`];
    }),
  );
  return (await Promise.all(asked)).flat();
}

/** The IPv4 addresses, or the IPv6 ones where there are no others: clients that fail with one family take the other. */
function ofOneFamily(addresses: readonly LookupAddress[]): readonly LookupAddress[] {
  const first = addresses.filter(({ family }) => family === 4);
  return first.length === 0 ? addresses : first;
}

function placeText(host: string, { port, url }: AskedPort, { address }: LookupAddress): string {
  const place = url ?? `${host} port ${port}`;
  return address === host ? place : `${place} at ${address}`;
}

function failureText(
  { host }: Front,
  failures: readonly string[],
  seconds: number,
  isInternal: boolean,
): string {
  const inside = isInternal ? "; an internal address answers only inside its network" : "";
  return (
    `${host} has not answered this machine within ${seconds} s, last: ${failures.join("; ")}; see whether its targets are ` +
    "healthy, and whether security groups and source ranges let this machine in, or set args.reachableWithinSeconds to " +
    `0${inside}`
  );
}
