import type { Transport } from "./transport.ts";
import { ReleaseUnavailable } from "./unavailable.ts";

/** Servers that do not answer, by their address, each with the reason. */
export type Unreachable = ReadonlyMap<string, string>;

/** The server that is asked for a file. */
export const serverOf = (address: string, { place }: Pick<Transport, "place">): string =>
  new URL(place(address)).origin;

/** Asks one server for anything; whatever it answers, it is there. */
async function silence(
  address: string,
  transport: Transport,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { reachMilliseconds } = transport.limits;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error("late")), reachMilliseconds);
  try {
    const either = signal ? AbortSignal.any([late.signal, signal]) : late.signal;
    const { body } = await transport.ask({ address, method: "HEAD", signal: either });
    body.destroy();
    return;
  } catch (error) {
    signal?.throwIfAborted();
    if (late.signal.aborted) return `no answer within ${reachMilliseconds / 1000} s`;
    if (error instanceof ReleaseUnavailable) return error.reason;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Finds out at once which of the servers of some files cannot be reached, so that a closed network costs one short wait and not one a file.
 *
 * @throws the signal's reason when aborted
 */
export async function unreachable(
  addresses: readonly string[],
  transport: Transport,
  signal?: AbortSignal,
): Promise<Unreachable> {
  const servers = new Map(addresses.map((address) => [serverOf(address, transport), address]));
  const silent = new Map<string, string>();
  await Promise.all(
    [...servers].map(async ([server, address]) => {
      const reason = await silence(address, transport, signal);
      if (reason !== undefined) silent.set(server, reason);
    }),
  );
  return silent;
}

/** Says which servers cannot be reached and why, each reason once. */
export function describeUnreachable(silent: Unreachable): string {
  const reasons = [...new Set(silent.values())].map((reason) => {
    const servers = [...silent.keys()].filter((server) => silent.get(server) === reason);
    return `${servers.join(", ")}: ${reason}`;
  });
  return reasons.join("; ");
}
