import { whyNotPublic } from "../../testing/exposure.ts";
import type { Change } from "../engine/changes.ts";
import { kindOf, manifestOf } from "../engine/kubernetes.ts";
import { at, isHidden, type Properties } from "../engine/values.ts";

/** From where an object can be reached, the least exposed first. */
export const EXPOSURE_LEVELS = ["nowhere", "cluster", "nodes", "internal", "public"] as const;

/** From where an object can be reached: the nodes' addresses, the network of the cluster or the internet. */
export type ExposureLevel = (typeof EXPOSURE_LEVELS)[number] | "unknown";

const TYPES: Readonly<Record<string, ExposureLevel>> = {
  ClusterIP: "cluster",
  ExternalName: "nowhere",
  NodePort: "nodes",
};

/**
 * From where a Service can be reached. It is unknown if the preview hides a field that decides it.
 */
export function exposureOf(change: Change, properties: Properties | undefined): ExposureLevel {
  const manifest = manifestOf(change, properties);
  if (manifest === undefined || kindOf(change) !== "Service") return "nowhere";
  const type = at(manifest, "spec", "type") ?? "ClusterIP";
  const deciding = [
    "loadBalancerClass",
    "loadBalancerSourceRanges",
    "ipFamilies",
    "ipFamilyPolicy",
  ];
  const hidden = deciding.some((field) => isHidden(at(manifest, "spec", field)));
  if (isHidden(type)) return "unknown";
  if (type !== "LoadBalancer") return TYPES[String(type)] ?? "unknown";
  const annotations = at(manifest, "metadata", "annotations");
  if (hidden || hidesExposure(annotations)) return "unknown";
  return whyNotPublic(manifest) === undefined ? "public" : "internal";
}

/** Whether a Service is, or was, a load balancer. */
export function isLoadBalancer(properties: Properties | undefined): boolean {
  return at(properties, "spec", "type") === "LoadBalancer";
}

/** Whether hidden annotations may decide the exposure: those of controllers have a prefix with a dot, as the API requires. */
function hidesExposure(annotations: unknown): boolean {
  if (typeof annotations !== "object" || annotations === null) return isHidden(annotations);
  return Object.entries(annotations).some(([key, value]) => {
    return (
      isHidden(value) && !key.startsWith("pulumi.com/") && !key.startsWith("kubectl.kubernetes.io/")
    );
  });
}
