import { execFile } from "node:child_process";
import { promisify } from "node:util";

const TIMEOUT_MILLISECONDS = 10_000;
const run = promisify(execFile);

/** Gives rules to the nftables of a network namespace. @throws Error with what nft said where it does not take them */
export async function filterPackets(
  { namespace, nft }: { readonly namespace: string; readonly nft: string },
  rules: string,
): Promise<void> {
  const inside = [`--net=/run/netns/${namespace}`, nft, "-f", "-"];
  const running = run("nsenter", inside, { timeout: TIMEOUT_MILLISECONDS });
  running.child.stdin?.end(rules);
  await running;
}
