import type { OptionName } from "../../../../components/load-balancer/contract/option-names.ts";
import { type Asked, https } from "./table.ts";

/**
 * What comes of a change once there is a load balancer: its controller carries it out, another load balancer takes its
 * place, or it is refused, since the cloud would keep what was.
 */
export type Carried = "in place" | "replaced" | "refused";

/** What comes of changes of an option. */
export interface Change {
  /** Two of its values; of a list, the same items in another order where there is none. */
  readonly values: readonly [unknown, unknown];
  /** What is asked beside it. */
  readonly beside?: Asked;
  readonly added: Carried;
  readonly changed: Carried;
  readonly removed: Carried;
}

export type Changes = { readonly [Name in OptionName]?: Change };

type Values = Change["values"];

const inPlace = (values: Values, beside: Asked = {}): Change => ({
  values,
  beside,
  added: "in place",
  changed: "in place",
  removed: "in place",
});
const replaced = (values: Values, beside: Asked = {}): Change => ({
  values,
  beside,
  added: "replaced",
  changed: "replaced",
  removed: "replaced",
});
/** It can be stated and changed, and then has to stay stated. */
const stays = (values: Values, beside: Asked = {}): Change => ({
  ...inPlace(values, beside),
  removed: "refused",
});
/** The first and the last one make another load balancer. */
const firstAndLast = (values: Values, beside: Asked = {}): Change => ({
  ...replaced(values, beside),
  changed: "in place",
});

const arn = (name: string) => `arn:aws:acm:eu-central-1:111122223333:certificate/${name}`;
const tls = { ports: https, certificates: [arn("one")] };
const http = { healthCheckProtocol: "Http" };

const checks: Changes = {
  healthCheckProtocol: inPlace(["Http", "Https"]),
  healthCheckPath: inPlace(["/readyz", "/healthz"], http),
  healthCheckIntervalSeconds: inPlace([15, 20]),
  healthCheckTimeoutSeconds: inPlace([4, 5]),
  healthCheckHealthyThreshold: inPlace([3, 4]),
  healthCheckUnhealthyThreshold: inPlace([3, 4]),
};
const { healthCheckTimeoutSeconds: _timeout, ...checksWithoutTimeout } = checks;
const { healthCheckHealthyThreshold: _healthy, ...checksOfOneThreshold } = checks;

const awsTls: Changes = {
  tlsPolicy: inPlace(["ELBSecurityPolicy-One", "ELBSecurityPolicy-Two"], tls),
  backendProtocol: inPlace(["Tls", "Tcp"], tls),
};
const awsLogs = { accessLogsBucket: "logs", ...tls };

/** The AWS Load Balancer Controller, and EKS Auto Mode, which grew from it. */
const networkLoadBalancer: Changes = {
  ...checks,
  ...awsTls,
  certificates: inPlace(
    [
      [arn("one"), arn("two")],
      [arn("two"), arn("one")],
    ],
    { ports: https },
  ),
  tlsPorts: inPlace([["http"], ["https"]], {
    ...tls,
    ports: [...https, { port: 80, targetPort: "http" }],
  }),
  alpnPolicy: inPlace(["HTTP2Only", "HTTP2Preferred"], tls),
  loadBalancerName: replaced(["one", "two"]),
  staticAddresses: replaced(
    [
      ["eipalloc-a", "eipalloc-b"],
      ["eipalloc-b", "eipalloc-a"],
    ],
    {
      subnets: ["subnet-a", "subnet-b"],
    },
  ),
  subnets: stays([["subnet-a", "subnet-b"], ["subnet-b"]]),
  securityGroups: inPlace(
    [
      ["sg-1", "sg-2"],
      ["sg-2", "sg-1"],
    ],
    { exposure: "Internal", sourceRanges: undefined },
  ),
  tags: inPlace([{ app: "shop" }, { team: "web" }]),
  targetType: inPlace(["Instance", "Ip"]),
  proxyProtocol: inPlace([true, false]),
  preserveClientIp: inPlace([true, false]),
  idleTimeoutSeconds: stays([60, 90]),
  crossZone: inPlace([true, false]),
  zonalDns: inPlace(["ZoneAffinity", "AnyZone"]),
  accessLogsBucket: inPlace(["one", "two"], tls),
  accessLogsPrefix: inPlace(["one", "two"], awsLogs),
  deletionProtection: inPlace([true, false]),
  loadBalancerAttributes: stays([
    { "zonal_shift.config.enabled": "true" },
    { "zonal_shift.config.enabled": "false" },
  ]),
  targetGroupAttributes: stays([
    { "deregistration_delay.timeout_seconds": "30" },
    { "deregistration_delay.timeout_seconds": "60" },
  ]),
};

const cloudController: Changes = {
  ...awsTls,
  certificates: inPlace([[arn("one")], [arn("two")]], { ports: https }),
  tlsPorts: inPlace([["http"], ["https"]], {
    ...tls,
    ports: [...https, { port: 80, targetPort: "http" }],
  }),
  targetType: inPlace(["Instance", "Instance"]),
  proxyProtocol: inPlace([true, false]),
  crossZone: inPlace([true, false]),
  accessLogsBucket: inPlace(["one", "two"], tls),
  accessLogsPrefix: inPlace(["one", "two"], awsLogs),
};

/** What comes of changes, by controller and option. */
export const changes: Readonly<Record<string, Changes>> = {
  AwsLoadBalancerController: networkLoadBalancer,
  EksAutoMode: networkLoadBalancer,
  AwsCloudControllerNlb: {
    ...checksWithoutTimeout,
    ...cloudController,
    // It does not support different values.
    healthCheckHealthyThreshold: inPlace([2, 2]),
    healthCheckUnhealthyThreshold: inPlace([2, 2]),
    staticAddresses: replaced([["eipalloc-a"], ["eipalloc-b"]], { subnets: ["subnet-a"] }),
    subnets: replaced([
      ["subnet-a", "subnet-b"],
      ["subnet-b", "subnet-a"],
    ]),
    tags: replaced([{ app: "shop" }, { team: "web" }]),
    preserveClientIp: inPlace([true, false]),
  },
  AwsCloudControllerClassic: {
    ...checks,
    ...cloudController,
    subnets: inPlace([["subnet-a"], ["subnet-b"]]),
    securityGroups: inPlace([["sg-1"], ["sg-2"]], {
      exposure: "Internal",
      sourceRanges: undefined,
    }),
    tags: stays([{ app: "shop" }, { app: "web" }]),
    idleTimeoutSeconds: inPlace([60, 90]),
  },
  GoogleCloud: {
    staticAddresses: replaced([["one"], ["two"]]),
    subnets: replaced([["one"], ["two"]]),
  },
  Azure: {
    healthCheckProtocol: inPlace(["Http", "Https"]),
    healthCheckPath: inPlace(["/readyz", "/healthz"], http),
    healthCheckIntervalSeconds: inPlace([15, 20]),
    healthCheckUnhealthyThreshold: inPlace([3, 4]),
    staticAddresses: replaced([["one"], ["two"]]),
    subnets: replaced([["one"], ["two"]], { exposure: "Internal", sourceRanges: undefined }),
    tags: stays([{ app: "shop" }, { app: "web" }]),
    idleTimeoutSeconds: inPlace([240, 300]),
  },
  DigitalOcean: {
    ...checks,
    // A load balancer that reads what passes is another one.
    certificates: firstAndLast([["one"], ["two"]], { ports: https }),
    proxyProtocol: replaced([true, false]),
    tlsPorts: inPlace([["http"], ["https"]], {
      ports: [...https, { port: 80, targetPort: "http" }],
      certificates: ["one"],
    }),
    backendProtocol: inPlace(["Http", "Http"], { ports: https, certificates: ["one"] }),
    loadBalancerName: inPlace(["one", "two"]),
    staticAddresses: replaced([["203.0.113.7"], ["203.0.113.8"]]),
    subnets: replaced([["one"], ["two"]]),
    idleTimeoutSeconds: inPlace([60, 90], { ports: https, certificates: ["one"] }),
  },
  HetznerCloud: {
    ...checksOfOneThreshold,
    certificates: inPlace(
      [
        ["one", "two"],
        ["two", "one"],
      ],
      { ports: https },
    ),
    tlsPorts: inPlace([["https"], ["https"]], { ports: https, certificates: ["one"] }),
    backendProtocol: inPlace(["Http", "Http"], { ports: https, certificates: ["one"] }),
    loadBalancerName: stays(["one", "two"]),
    location: replaced(["nbg1", "hel1"]),
    subnets: replaced([["10.0.1.0/24"], ["10.0.2.0/24"]]),
    proxyProtocol: inPlace([true, false]),
    idleTimeoutSeconds: inPlace([60, 90], { ports: https, certificates: ["one"] }),
  },
  MetalLb: {
    staticAddresses: replaced([["203.0.113.7"], ["203.0.113.8"]]),
    addressPool: replaced(["one", "two"], { staticAddresses: ["203.0.113.7"] }),
    sharedAddressKey: inPlace(["one", "two"], { staticAddresses: ["203.0.113.7"] }),
  },
  K3sServiceLb: {},
};
