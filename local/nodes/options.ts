import type { AwsNetwork } from "../cloud/network.ts";
import type { ProcessSpec } from "../processes/managed-process.ts";

/** What starting nodes of either kind needs besides the parts of the control plane. */
export interface NodesOptions {
  /** The machines of the simulated AWS that the nodes stand for. */
  readonly network: AwsNetwork;
  /** Brings a process up; answers whether it had to be started. */
  readonly run: (spec: ProcessSpec) => Promise<boolean>;
  readonly signal: AbortSignal | undefined;
}
