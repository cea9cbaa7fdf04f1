// Clients in the network of a load balancer: each connects from an address of its own and waits for what a target says.
import { connect } from "node:net";

/** One connection to try. */
export interface Attempt {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/** A target answers at once; of what is dropped nothing ever comes. */
const ANSWER_WITHIN_MILLISECONDS = 4000;

const [, script] = process.argv;
if (script === import.meta.filename) {
  process.on("message", async (attempts: readonly Attempt[]) => {
    process.send?.(await Promise.all(attempts.map(isTaken)));
  });
  process.on("disconnect", () => process.exit());
  process.send?.("listening");
}

function isTaken({ from, port, to }: Attempt): Promise<boolean> {
  const socket = connect({ localAddress: from, host: to, port });
  return new Promise<boolean>((resolve) => {
    socket.once("data", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
    socket.setTimeout(ANSWER_WITHIN_MILLISECONDS, () => resolve(false));
  }).finally(() => socket.destroy());
}
