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

/** The spec of a Service, as far as tests look at it. */
export interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePort[];
  readonly loadBalancerClass?: string;
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly ipFamilies?: readonly IpFamily[];
  readonly ipFamilyPolicy?: IpFamilyPolicy;
}

/** Whether a manifest is a Service of Kubernetes, and not of something else that has a kind of this name. */
export function isService(manifest: Manifest): boolean {
  return manifest.apiVersion === "v1" && manifest.kind === "Service";
}

/** The spec of a Service. */
export function serviceSpec(service: Manifest): ServiceSpec {
  return (service["spec"] ?? {}) as ServiceSpec;
}

/**
 * The labels a Service chooses its Pods by; nothing where it chooses none: one without a selector has endpoints that
 * someone else writes, and one of type ExternalName is a DNS record.
 */
export function selectorOf(service: Manifest): Readonly<Record<string, string>> | undefined {
  const { selector = {}, type } = serviceSpec(service);
  return type === "ExternalName" || Object.keys(selector).length === 0 ? undefined : selector;
}

/** Whether a Service's selector matches a workload's Pods, which have to be in its own namespace. */
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

/** Where in the Pods a Service's port ends; the API server's default is the same number. */
export function targetPortOf({ port, targetPort = port }: ServicePort): number | string {
  return targetPort;
}

/** The port a workload declares for a Service's port, by number or by name, of the same protocol. */
export function declaredPortOf(port: ServicePort, workload: Manifest): ContainerPort | undefined {
  const wanted = targetPortOf(port);
  return podTemplateOf(workload)?.ports.find(
    (declared) =>
      protocolOf(declared) === protocolOf(port) &&
      (typeof wanted === "string" ? declared.name : declared.containerPort) === wanted,
  );
}
