import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { type Front, frontOf } from "../readiness/reachable/front.ts";
import { type Address, deferredAddress, mainIngress, urlsOf } from "../service/address.ts";
import { resolvePorts, type ServicePort } from "../service/ports.ts";
import type { TargetPortArgs } from "../service/target.ts";
import { isDeferred } from "../validation/checks.ts";
import type { LoadBalancerSpec } from "./normalize.ts";

/** The address of a LoadBalancerService's Service. */
export function loadBalancerAddress(
  service: Service,
  { addressKind, traffic }: LoadBalancerSpec,
): pulumi.Output<Address> {
  const [primary] = traffic.ipFamilies ?? [];
  const ingress = service.status.apply((status) =>
    mainIngress(status?.loadBalancer?.ingress, primary),
  );
  return deferredAddress(ingress, addressKind);
}

/** The URLs of a LoadBalancerService's HTTP ports, by port name. */
export function loadBalancerUrls(
  host: pulumi.Output<string>,
  spec: LoadBalancerSpec,
): pulumi.Output<Record<string, string>> {
  const urls = (declared: readonly TargetPortArgs[]) =>
    pulumi.output(urlsOf(host, clientPorts(spec, declared)));
  return isDeferred(spec.declared) ? pulumi.output(spec.declared).apply(urls) : urls(spec.declared);
}

/** The address and the ports at which a LoadBalancerService has to answer. */
export function loadBalancerFront(
  host: pulumi.Output<string>,
  spec: LoadBalancerSpec,
): pulumi.Output<Front> {
  return pulumi
    .all([host, spec.declared])
    .apply(([known, declared]) => frontOf(known, clientPorts(spec, declared)));
}

/** The ports as clients see them: TLS if the load balancer terminates it, whatever protocol the Pods use. */
function clientPorts(
  { ports, tlsPorts }: LoadBalancerSpec,
  declared: readonly TargetPortArgs[],
): readonly ServicePort[] {
  return resolvePorts(ports, declared).map((port) =>
    tlsPorts.includes(port.name) ? { ...port, appProtocol: "https" } : port,
  );
}
