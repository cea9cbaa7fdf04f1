import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Rule } from "../validation/checks.ts";
import { integer } from "../validation/rules.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import type { BackendSpec } from "./backend-spec.ts";
import { hasClaim } from "./volumes.ts";

/**
 * A Pod's part of the Pod Security Standard "restricted".
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted (read for Kubernetes 1.36)
 */
export function podSecurity({
  network,
  runAsGroup,
  runAsUser,
  volumes,
}: BackendSpec): core.v1.PodSecurityContext {
  // A new disk belongs to root; the kubelet changes its group once.
  const disk = { fsGroup: runAsGroup, fsGroupChangePolicy: "OnRootMismatch" };
  return {
    runAsNonRoot: true,
    runAsUser,
    runAsGroup,
    ...(hasClaim(volumes) ? disk : {}),
    seccompProfile: { type: "RuntimeDefault" },
    ...withoutEmpty({ sysctls: [...network.sysctls] }),
  };
}

/** The id of a user or a group. */
export const notRoot: Rule = integer(1, 2 ** 31 - 1, "0 is root");

/** A container's part of the same standard, and a read-only root file system. */
export function containerSecurity(): core.v1.SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
  };
}
