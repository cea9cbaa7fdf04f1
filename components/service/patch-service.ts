import type { core } from "@pulumi/kubernetes/types/input.js";
import { METADATA, patchObject } from "../overrides/patch.ts";
import type { ServicePatchesArgs } from "../overrides/patches-args.ts";
import type { Checks, Rule } from "../validation/checks.ts";

const anything: Rule = () => undefined;

/** What connects the Service of an entrance. */
const CONNECTING = [...METADATA, "spec.selector", "spec.type", "spec.healthCheckNodePort"];

/** What decides who can reach it, whichever controller there is. */
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
 * Applies the patches of an entrance to its Service; what they may not change is in `checks`.
 *
 * @param exposingAnnotations - the annotations that decide who can reach the Service
 * @param annotationKey - says which other annotations an argument decides
 */
export function patchService<T extends core.v1.Service>(
  checks: Checks,
  manifest: T,
  given: ServicePatchesArgs | undefined,
  exposingAnnotations: readonly string[] = [],
  annotationKey: Rule = anything,
): T {
  const patches: object = given === undefined ? {} : checks.object("args.patches", given);
  for (const [kind, patch] of Object.entries(patches)) {
    if (kind !== "service") {
      checks.report(`args.patches.${kind}`, patch, "must be left out, an entrance has service");
    }
  }
  const { service }: ServicePatchesArgs = patches;
  return service === undefined
    ? manifest
    : patchObject(checks, "args.patches.service", manifest, service, {
        fields: CONNECTING,
        ports: "spec.ports",
        exposingFields: EXPOSING,
        exposingAnnotations,
        annotationKey,
      });
}
