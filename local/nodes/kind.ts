import { existsSync } from "node:fs";
import { freemem } from "node:os";
import { execa } from "execa";
import { messageOf, UserError } from "../errors.ts";

/** What the nodes of the cluster are. */
export const NodeKind = { Simulated: "simulated", Real: "real" } as const;
/** What the nodes of the cluster are. */
export type NodeKind = (typeof NodeKind)[keyof typeof NodeKind];

/** The kind, and why it was chosen. */
export interface ChosenNodes {
  readonly kind: NodeKind;
  /** As the end of a sentence about the nodes. */
  readonly reason: string;
}

const NEEDED_MEGABYTES = 2000;
const BYTES_PER_MEGABYTE = 1_000_000;

/**
 * Chooses real nodes where the machine can have them, simulated ones elsewhere.
 *
 * @throws UserError when real ones are asked for and the machine cannot have them, or the kind is unknown
 */
export async function chooseNodes(
  asked: string | undefined,
  findObstacle: () => Promise<string | undefined> = obstacleToRealNodes,
): Promise<ChosenNodes> {
  const kinds = Object.values(NodeKind);
  const wanted = kinds.find((kind) => kind === asked);
  if (asked !== undefined && wanted === undefined) {
    throw new UserError(`Cannot use --nodes ${asked}: must be one of ${kinds.join(", ")}`);
  }
  if (wanted === NodeKind.Simulated) return { kind: wanted, reason: "as asked for" };
  const obstacle = await findObstacle();
  if (obstacle === undefined) {
    const reason = wanted ? "as asked for" : "this is Linux, and the user is root";
    return { kind: NodeKind.Real, reason };
  }
  if (wanted === NodeKind.Real) throw new UserError(`Cannot use --nodes real: ${obstacle}`);
  return { kind: NodeKind.Simulated, reason: `real ones are not possible here: ${obstacle}` };
}

/** What keeps this machine from having real nodes; `undefined` where nothing does. */
export async function obstacleToRealNodes(): Promise<string | undefined> {
  if (process.platform !== "linux") return `they need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return "they need root; run as root, for example by sudo";
  if (!existsSync("/sys/fs/cgroup")) return "they need control groups, /sys/fs/cgroup is missing";
  const free = Math.floor(freemem() / BYTES_PER_MEGABYTE);
  if (free < NEEDED_MEGABYTES) {
    return `they need ${NEEDED_MEGABYTES} MB of free memory, there are ${free} MB`;
  }
  try {
    const namespaces = ["--net", "--mount", "--pid", "--uts", "--fork"];
    const trial = ["ip", "link", "add", "trial", "type", "bridge"];
    await execa("unshare", [...namespaces, "--", ...trial], { timeout: 10_000 });
    return undefined;
  } catch (error) {
    return `they need namespaces and bridges of their own: ${messageOf(error).trim()}`;
  }
}
