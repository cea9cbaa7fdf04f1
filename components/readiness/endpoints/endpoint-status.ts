import type { V1EndpointSlice, V1Pod } from "@kubernetes/client-node";
import { livePods } from "../pods/pods.ts";
import { lacksPort } from "./declared-ports.ts";
import type { FrontService } from "./front-service.ts";

/** How far a Service is from having ready Pods. */
export const EndpointStatus = {
  /** No Pod has the labels. */
  NoPods: "NoPods",
  /** No Pod with the labels declares one of the ports. */
  NoPort: "NoPort",
  /** Some Pods with the labels do not declare one of the ports. */
  SomeWithoutPort: "SomeWithoutPort",
  /** A port has no ready endpoint. */
  NotReady: "NotReady",
  /** Every port has a ready endpoint. */
  Ready: "Ready",
} as const;
/** How far a Service is from having ready Pods. */
export type EndpointStatus = (typeof EndpointStatus)[keyof typeof EndpointStatus];

/** What the cluster reports about a Service. */
export interface EndpointObservation {
  /** The Pods that match the Service's selector. */
  readonly pods: readonly V1Pod[];
  /** Its EndpointSlices. */
  readonly slices: readonly V1EndpointSlice[];
}

/** Derives the status from an observation. */
export function endpointStatusOf(
  service: FrontService,
  { pods, slices }: EndpointObservation,
): EndpointStatus {
  const live = livePods(pods);
  if (live.length === 0) {
    return EndpointStatus.NoPods;
  }
  const lacking = service.ports.map((port) => live.filter((pod) => lacksPort(pod, port)).length);
  if (lacking.includes(live.length)) {
    return EndpointStatus.NoPort;
  }
  if (lacking.some((count) => count > 0)) {
    return EndpointStatus.SomeWithoutPort;
  }
  return portsWithoutEndpoint(service, slices).length === 0
    ? EndpointStatus.Ready
    : EndpointStatus.NotReady;
}

/** The names of the Service's ports that have no ready endpoint. */
export function portsWithoutEndpoint(
  { ports }: FrontService,
  slices: readonly V1EndpointSlice[],
): readonly string[] {
  const led = slices
    // Kubernetes specifies that an unset condition counts as ready.
    .filter(({ endpoints }) => endpoints?.some((it) => it.conditions?.ready !== false))
    .flatMap((slice) => slice.ports?.map(({ name }) => name) ?? []);
  return ports.map(({ name }) => name).filter((name) => !led.includes(name));
}
