import type {
  BackendArgs,
  LoadBalancerServiceArgs,
  NodePortServiceArgs,
} from "../../../components/index.ts";
import type { Existing } from "./existing.ts";

/** Arguments that are deployed together, in every environment. */
export interface Option {
  readonly name: string;
  /** What differs from the least a Backend needs; stronger than what the environment says. */
  readonly backend?: Partial<BackendArgs>;
  /** What differs for a second Backend, which the first one connects to. Absent where there is none. */
  readonly callee?: Partial<BackendArgs> & { readonly replicas: number };
  /** What differs for its NodePortService, where there is one. */
  readonly nodePortService?: Partial<NodePortServiceArgs>;
  /** What differs for its LoadBalancerService, where there is one. */
  readonly loadBalancerService?: Partial<LoadBalancerServiceArgs>;
  /** What somebody else has made before. */
  readonly existing?: readonly Existing[];
}
