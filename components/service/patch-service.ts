import type { core } from "@pulumi/kubernetes/types/input.js";
import { METADATA, patchObject } from "../overrides/patch.ts";
import type { ServicePatchesArgs } from "../overrides/patches-args.ts";
import type { Checks, Rule } from "../validation/checks.ts";

const anything: Rule = () => undefined;

/** The fields that connect the Service to others. */
const CONNECTING = [...METADATA, "spec.selector", "spec.type", "spec.healthCheckNodePort"];

/** The fields that decide who can reach the Service, with any controller. */
const EXPOSING = [
  "spec.allocateLoadBalancerNodePorts",
  "spec.externalIPs",
  "spec.externalTrafficPolicy",
  "spec.ipFamilies",
  "spec.ipFamilyPolicy",
  "spec.loadBalancerClass",
  "spec.loadBalancerIP",
  "spec.loadBalancerSourceRanges",
];

/**
 * Applies the patches to the Service of a NodePortService or LoadBalancerService. Changes to fixed fields are reported
 * to `checks`.
 *
 * @param exposingAnnotations - the annotations that decide who can reach the Service
 * @param annotationKey - rejects the other annotations that an argument decides
 */
export function patchService<T extends core.v1.Service>(
  checks: Checks,
  manifest: T,
  given: ServicePatchesArgs | undefined,
  exposingAnnotations: readonly string[] = [],
  annotationKey: Rule = anything,
): T {
  const patches = given === undefined ? {} : checks.object("args.patches", given);
  const { service }: ServicePatchesArgs = patches;
  return service === undefined
    ? manifest
    : patchObject(checks, "args.patches.service", manifest, service, {
        definition: "Service",
        fields: CONNECTING,
        ports: "spec.ports",
        exposingFields: EXPOSING,
        exposingAnnotations,
        annotationKey,
      });
}
