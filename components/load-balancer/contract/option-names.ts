import type { IntentArgs } from "./intent-args.ts";

/** The name of an option of a load balancer. */
export type OptionName = Exclude<keyof IntentArgs, "annotations">;

/** All options, in the order of the documentation. The compiler checks that none is missing. */
export const OPTIONS: Readonly<Record<OptionName, true>> = {
  certificates: true,
  tlsPorts: true,
  tlsPolicy: true,
  alpnPolicy: true,
  backendProtocol: true,
  loadBalancerName: true,
  staticAddresses: true,
  subnets: true,
  location: true,
  addressPool: true,
  sharedAddressKey: true,
  securityGroups: true,
  tags: true,
  healthCheckProtocol: true,
  healthCheckPath: true,
  healthCheckIntervalSeconds: true,
  healthCheckTimeoutSeconds: true,
  healthCheckHealthyThreshold: true,
  healthCheckUnhealthyThreshold: true,
  targetType: true,
  proxyProtocol: true,
  preserveClientIp: true,
  idleTimeoutSeconds: true,
  crossZone: true,
  zonalDns: true,
  accessLogsBucket: true,
  accessLogsPrefix: true,
  deletionProtection: true,
  loadBalancerAttributes: true,
  targetGroupAttributes: true,
};

/** The names of all options of a load balancer. */
export const optionNames = Object.keys(OPTIONS) as OptionName[];
