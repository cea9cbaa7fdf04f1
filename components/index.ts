export type { BackendArgs } from "./backend/args.ts";
export { Backend } from "./backend.ts";
export { AddressKind } from "./cluster/address-kind.ts";
export {
  type ClusterArgs,
  LoadBalancerController,
  type OtherControllerArgs,
  type PortRangeArgs,
} from "./cluster/args.ts";
export {
  type ClusterPinArgs,
  type PinnedProviderArgs,
  pinCluster,
  pinnedProvider,
} from "./cluster/pin/cluster-pin.ts";
export type { LoadBalancerServiceArgs } from "./load-balancer/args.ts";
export {
  AlpnPolicy,
  BackendProtocol,
  HealthCheckProtocol,
  TargetType,
  ZonalDns,
} from "./load-balancer/contract/enums.ts";
export { Exposure } from "./load-balancer/contract/intent.ts";
export type {
  HealthCheckArgs,
  IntentArgs,
  OperationArgs,
  PlacementArgs,
  TlsArgs,
  TrafficArgs,
} from "./load-balancer/contract/intent-args.ts";
export { LoadBalancerService } from "./load-balancer-service.ts";
export type { NodePortServiceArgs } from "./node-port/args.ts";
export { NodePortService } from "./node-port-service.ts";
export type { AdoptArgs, AdoptServiceArgs } from "./overrides/adopt-args.ts";
export type { PatchesArgs, ServicePatchesArgs } from "./overrides/patches-args.ts";
export type { ReconciledWithinArgs } from "./readiness/controller/reconciled-within.ts";
export type { TargetReadyArgs } from "./readiness/endpoints/target-ready.ts";
export type { Address } from "./service/address.ts";
export type { BackendRef } from "./service/backend-ref.ts";
export { type ClusterIpArgs, TrafficDistribution } from "./service/cluster-ip-args.ts";
export { IpFamily, type IpFamilyArgs, IpFamilyPolicy } from "./service/ip-families.ts";
export type { NodePortArgs, ServicePortArgs } from "./service/ports.ts";
export { SessionAffinity, type SessionAffinityArgs } from "./service/session-affinity.ts";
export {
  Protocol,
  type ServiceTarget,
  type ServiceTargetArgs,
  type TargetPort,
  type TargetPortArgs,
} from "./service/target.ts";
export { type ExternalTrafficArgs, TrafficPolicy } from "./service/traffic-policy.ts";
export { InvalidArgsError, type Problem, type Subject } from "./validation/errors.ts";
export {
  type AutoscalingArgs,
  type MetricArgs,
  MetricType,
  type ScalingPolicyArgs,
  ScalingPolicySelect,
  ScalingPolicyType,
  type ScalingRulesArgs,
} from "./workload/autoscaling-args.ts";
export type { ConnectionArgs, ConnectionsArgs } from "./workload/connections-args.ts";
export type { BackendPortArgs } from "./workload/container-ports.ts";
export type { DisruptionArgs, DisruptionBudgetArgs } from "./workload/disruption.ts";
export { Entrance } from "./workload/drain.ts";
export type {
  EnvironmentArgs,
  KeyReferenceArgs,
  ResourceFieldArgs,
  SecretEnvironmentArgs,
} from "./workload/environment-args.ts";
export type {
  ExternalConnectionArgs,
  ExternalConnectionsArgs,
} from "./workload/external-connections-args.ts";
export type { IdentityArgs } from "./workload/identity.ts";
export { ImagePullPolicy } from "./workload/image-pull-policy.ts";
export type { ContainerArgs, InitContainersArgs } from "./workload/init-containers-args.ts";
export type {
  CallerArgs,
  EgressArgs,
  EgressPortArgs,
  NetworkPolicyArgs,
} from "./workload/network-policy-args.ts";
export {
  type NodeAffinityArgs,
  NodeSelectorOperator,
} from "./workload/node-affinity.ts";
export {
  type DnsConfigArgs,
  DnsPolicy,
  type HostAliasArgs,
  type PodNetworkArgs,
} from "./workload/pod-network.ts";
export type { PreStopArgs, PreStopHandlerArgs } from "./workload/pre-stop.ts";
export {
  type ExecProbeArgs,
  type GrpcProbeArgs,
  type HttpGetProbeArgs,
  type ProbeArgs,
  ProbeScheme,
  type TcpSocketProbeArgs,
} from "./workload/probe-args.ts";
export type { ProcessArgs } from "./workload/process.ts";
export type { DeploymentReadyArgs } from "./workload/ready-within.ts";
export type { ResourcesArgs } from "./workload/resources.ts";
export { type SchedulingArgs, TaintEffect, type TolerationArgs } from "./workload/scheduling.ts";
export { Spread, type SpreadArgs } from "./workload/spread.ts";
export { DeploymentStrategy, type StrategyArgs } from "./workload/strategy.ts";
export {
  AccessMode,
  EmptyDirMedium,
  type VolumeArgs,
  type VolumeItemArgs,
  type VolumeMountArgs,
  type VolumesArgs,
} from "./workload/volume-args.ts";
