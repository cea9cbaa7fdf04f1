import type { Manifest } from "./manifest.ts";
import { podTemplateOf } from "./pod-template.ts";
import { nameOfEnd, whyRefused } from "./reachability.ts";
import { declaredPortOf, protocolOf, selects, serviceSpec, targetPortOf } from "./service.ts";

/** An attempt to connect to a Service. */
export interface ServiceAttempt {
  /** The client: a Pod, an object that makes Pods, or an address outside the cluster such as `203.0.113.7`. */
  readonly from: Manifest | string;
  /** The Service. */
  readonly service: Manifest;
  /** The port of the Service, not that of the Pods behind it. */
  readonly port: number;
  /**
   * The transport protocol: `TCP`, `UDP` or `SCTP`.
   *
   * @default - TCP
   */
  readonly protocol?: string;
}

/** Why a client does not reach a Service's Pods; undefined if it reaches all of them. */
export function whyNotReached(
  manifests: readonly Manifest[],
  { from, port: number, protocol = "TCP", service }: ServiceAttempt,
): string | undefined {
  const { ports = [] } = serviceSpec(service);
  const port = ports.find((it) => it.port === number && protocolOf(it) === protocol);
  if (port === undefined) {
    const there = ports.map((it) => `${it.port}/${protocolOf(it)}`).join(", ");
    return `The Service's ports: ${there || "none"}`;
  }
  const workloads = manifests.filter((it) => podTemplateOf(it) && selects(service, it));
  if (workloads.length === 0) {
    return "The Service selects no Pods of the manifests";
  }
  const reasons = workloads.flatMap((to) => {
    const target = declaredPortOf(port, to)?.containerPort ?? targetPortOf(port);
    if (typeof target === "string") {
      return [`${nameOfEnd(to)} declares no port ${target}/${protocol}`];
    }
    return whyRefused(manifests, { from, to, port: target, protocol }) ?? [];
  });
  return reasons[0];
}
