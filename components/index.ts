export { type Address, AddressKind } from "./address.ts";
export { Backend } from "./backend.ts";
export {
  type BackendArgs,
  type BackendPortArgs,
  type ExecProbeArgs,
  type HttpGetProbeArgs,
  ImagePullPolicy,
  type ProbeArgs,
  ProbeScheme,
  type ResourcesArgs,
  type TcpSocketProbeArgs,
} from "./backend-args.ts";
export { type ClusterArgs, LoadBalancerController, type PortRangeArgs } from "./cluster-args.ts";
export { type ClusterPinArgs, pinCluster } from "./cluster-pin.ts";
export { InvalidArgsError, type Problem, type Subject } from "./errors.ts";
export { Exposure } from "./load-balancer/intent.ts";
export { LoadBalancerService, type LoadBalancerServiceArgs } from "./load-balancer-service.ts";
export {
  type NodePortArgs,
  NodePortService,
  type NodePortServiceArgs,
} from "./node-port-service.ts";
export type { ServicePortArgs } from "./service/ports.ts";
export {
  Protocol,
  type ServiceTarget,
  type ServiceTargetArgs,
  type TargetPort,
} from "./service/target.ts";
export { Entrance } from "./workload/drain.ts";
