import type * as pulumi from "@pulumi/pulumi";
import { clusterIpPorts } from "../service/cluster-ip.ts";
import { issueTarget, type ServiceTarget } from "../service/target.ts";
import type { BackendSpec } from "../workload/backend-spec.ts";

/** A Backend's target, from its arguments alone. */
export function targetOf(
  { app, drain, namespace, opened, ports, serviceName }: BackendSpec,
  networkPolicy: pulumi.Resource | undefined,
): pulumi.Output<ServiceTarget> {
  const target = {
    namespace,
    selector: { app },
    ports: [...ports],
    drainSeconds: drain.sleepSeconds,
    ...(clusterIpPorts(ports).length === 0 ? {} : { serviceName }),
  };
  return issueTarget(target, { networkPolicy, opened: opened.map(({ name }) => name) });
}
