import type * as pulumi from "@pulumi/pulumi";
import { claimServiceName } from "../service/claim-service-name.ts";
import { clusterIpPorts } from "../service/cluster-ip.ts";
import type { Checks } from "../validation/checks.ts";
import { claim } from "../validation/program-registry.ts";
import type { BackendSpec } from "../workload/backend-spec.ts";

/** Reports an `app` or a Service name that another Backend of the program already uses. */
export function claimBackendNames(
  checks: Checks,
  component: pulumi.ComponentResource,
  spec: BackendSpec,
): void {
  const { app, name, namespace, ports } = spec;
  // A value that is not a string has already been reported.
  const known = typeof namespace === "string" && typeof app === "string";
  const holder = known ? claim(component, name, `app ${namespace}/${app}`) : undefined;
  if (holder !== undefined) {
    const must = `must differ from the app of Backend "${holder}" in namespace "${namespace}", or each one's Services select the other's Pods; set args.app`;
    checks.report("args.app", app, must);
  }
  const own = clusterIpPorts(ports).length > 0 ? [spec.serviceName] : [];
  if (own.length > 0) {
    claimServiceName(checks, component, spec);
  }
  const names = [...own];
  const others = [
    { path: "args.headlessServiceName", serviceName: spec.headless?.serviceName },
    ...spec.external.map(({ key, serviceName }) => ({
      path: `args.connectsToExternal.${key}.serviceName`,
      serviceName,
    })),
  ];
  for (const { path, serviceName } of others) {
    if (serviceName === undefined) continue;
    if (names.includes(serviceName)) {
      checks.report(path, serviceName, "must differ from the Backend's other Services");
    }
    names.push(serviceName);
    claimServiceName(checks, component, { name, namespace, serviceName }, path);
  }
}
