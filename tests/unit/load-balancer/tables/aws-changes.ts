import { type Changes, healthChecks, inPlace, replaced, stays } from "./changes.ts";
import { arn, awsTls, httpAndHttps, https, internal } from "./table.ts";

const logs = { ...awsTls, accessLogsBucket: "logs" };
const httpsAndHttp = { ...awsTls, ports: [...https, { port: 80, targetPort: "http" }] };

/** What every controller of AWS carries out alike. */
const awsChanges = {
  tlsPorts: inPlace([["http"], ["https"]], httpsAndHttp),
  tlsPolicy: inPlace(["ELBSecurityPolicy-One", "ELBSecurityPolicy-Two"], awsTls),
  backendProtocol: inPlace(["Tls", "Tcp"], awsTls),
  proxyProtocol: inPlace([true, false]),
  crossZone: inPlace([true, false]),
  accessLogsBucket: inPlace(["one", "two"], awsTls),
  accessLogsPrefix: inPlace(["one", "two"], logs),
} satisfies Changes;

/** The AWS cloud controller, for both kinds of load balancers. */
export const cloudControllerChanges: Changes = {
  ...awsChanges,
  certificates: inPlace([[arn("one")], [arn("two")]], { ports: https }),
  targetType: inPlace(["Instance", "Instance"]),
};

/** The AWS Load Balancer Controller, and EKS Auto Mode, which grew from it. */
export const networkLoadBalancerChanges: Changes = {
  ...healthChecks,
  ...awsChanges,
  certificates: inPlace(
    [
      [arn("one"), arn("two")],
      [arn("two"), arn("one")],
    ],
    { ports: https },
  ),
  healthCheckPort: inPlace(["http", "https"], { ports: httpAndHttps }),
  alpnPolicy: inPlace(["HTTP2Only", "HTTP2Preferred"], awsTls),
  loadBalancerName: replaced(["one", "two"]),
  staticAddresses: replaced(
    [
      ["eipalloc-a", "eipalloc-b"],
      ["eipalloc-b", "eipalloc-a"],
    ],
    { subnets: ["subnet-a", "subnet-b"] },
  ),
  subnets: stays([["subnet-a", "subnet-b"], ["subnet-b"]]),
  securityGroups: inPlace(
    [
      ["sg-1", "sg-2"],
      ["sg-2", "sg-1"],
    ],
    internal,
  ),
  tags: inPlace([{ app: "shop" }, { team: "web" }]),
  targetType: inPlace(["Instance", "Ip"]),
  preserveClientIp: inPlace([true, false]),
  idleTimeoutSeconds: stays([60, 90]),
  zonalDns: inPlace(["ZoneAffinity", "AnyZone"]),
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
