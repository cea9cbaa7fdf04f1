import type { V1EndpointSlice, V1Pod } from "@kubernetes/client-node";
import { livePods } from "../pods/pods.ts";
import { lacksPort } from "./declared-ports.ts";
import type { FrontService } from "./front-service.ts";

/** How far a Service is from leading to ready Pods. */
export const Standing = {
  /** No Pod has the labels. */
  NoPods: "NoPods",
  /** No Pod with the labels declares one of the ports. */
  NoPort: "NoPort",
  /** Some Pods with the labels do not declare one of the ports. */
  SomeWithoutPort: "SomeWithoutPort",
  /** A port has no ready endpoint. */
  NotReady: "NotReady",
  /** Every port has a ready endpoint. */
  Proved: "Proved",
} as const;
/** How far a Service is from leading to ready Pods. */
export type Standing = (typeof Standing)[keyof typeof Standing];

/** What the cluster says about a Service. */
export interface Observation {
  /** The Pods that have its labels. */
  readonly pods: readonly V1Pod[];
  /** Its EndpointSlices. */
  readonly slices: readonly V1EndpointSlice[];
}

/** Judges what the cluster says. */
export function standingOf(service: FrontService, { pods, slices }: Observation): Standing {
  const live = livePods(pods);
  if (live.length === 0) {
    return Standing.NoPods;
  }
  const lacking = service.ports.map((port) => live.filter((pod) => lacksPort(pod, port)).length);
  if (lacking.includes(live.length)) {
    return Standing.NoPort;
  }
  if (lacking.some((count) => count > 0)) {
    return Standing.SomeWithoutPort;
  }
  return portsWithoutEndpoint(service, slices).length === 0 ? Standing.Proved : Standing.NotReady;
}

/** The names of the Service's ports that lead nowhere. */
export function portsWithoutEndpoint(
  { ports }: FrontService,
  slices: readonly V1EndpointSlice[],
): readonly string[] {
  const led = slices
    // Kubernetes asks to read an unstated condition as ready.
    .filter(({ endpoints }) => endpoints?.some((it) => it.conditions?.ready !== false))
    .flatMap((slice) => slice.ports?.map(({ name }) => name) ?? []);
  return ports.map(({ name }) => name).filter((name) => !led.includes(name));
}
