import type { IpFamily, IpFamilyPolicy } from "../components/service/ip-families.ts";
import type { Manifest } from "./manifest.ts";
import type { ContainerPort } from "./pod.ts";
import { podTemplateOf } from "./pod-template.ts";

/** A port of a Service. */
export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
  readonly protocol?: string;
}

/** The fields of a Service's spec that tests read. */
export interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePort[];
  readonly loadBalancerClass?: string;
  readonly loadBalancerIP?: string;
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly ipFamilies?: readonly IpFamily[];
  readonly ipFamilyPolicy?: IpFamilyPolicy;
}

/** Whether a manifest is a Service of Kubernetes, and not another API's kind with this name. */
export function isService(manifest: Manifest): boolean {
  return manifest.apiVersion === "v1" && manifest.kind === "Service";
}

/** The spec of a Service. */
export function serviceSpec(service: Manifest): ServiceSpec {
  return (service["spec"] ?? {}) as ServiceSpec;
}

/**
 * The selector of a Service; undefined if it selects no Pods: others write the endpoints of a Service without a
 * selector, and a Service of type ExternalName is a DNS record.
 */
export function selectorOf(service: Manifest): Readonly<Record<string, string>> | undefined {
  const { selector = {}, type } = serviceSpec(service);
  return type === "ExternalName" || Object.keys(selector).length === 0 ? undefined : selector;
}

/** Whether a Service's selector matches a workload's Pods, which must be in the same namespace. */
export function selects(service: Manifest, workload: Manifest): boolean {
  const [labels, selector] = [podTemplateOf(workload)?.labels, selectorOf(service)];
  return (
    labels !== undefined &&
    selector !== undefined &&
    service.metadata.namespace === workload.metadata.namespace &&
    Object.entries(selector).every(([key, value]) => labels[key] === value)
  );
}

/** The transport protocol of a port; the API server's default is TCP. */
export function protocolOf({ protocol = "TCP" }: { readonly protocol?: string }): string {
  return protocol;
}

/** The target port of a Service's port; the API server's default is the same number. */
export function targetPortOf({ port, targetPort = port }: ServicePort): number | string {
  return targetPort;
}

/** The port that a workload declares for a Service's port, by number or by name, with the same protocol. */
export function declaredPortOf(port: ServicePort, workload: Manifest): ContainerPort | undefined {
  const wanted = targetPortOf(port);
  return podTemplateOf(workload)?.ports.find(
    (declared) =>
      protocolOf(declared) === protocolOf(port) &&
      (typeof wanted === "string" ? declared.name : declared.containerPort) === wanted,
  );
}
