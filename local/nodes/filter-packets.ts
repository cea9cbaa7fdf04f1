import { execa } from "execa";

const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Gives rules to the nftables of a network namespace.
 *
 * @param nft - path of the program
 * @param network - path of the network namespace, such as `/run/netns/NAME` or `/proc/PID/ns/net`
 * @throws Error with what nft said where it does not take them
 */
export async function filterPackets(nft: string, network: string, rules: string): Promise<void> {
  const inside = [`--net=${network}`, nft, "-f", "-"];
  await execa("nsenter", inside, { timeout: TIMEOUT_MILLISECONDS, input: rules });
}
