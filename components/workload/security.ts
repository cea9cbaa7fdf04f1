import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A Pod's part of the Pod Security Standard "restricted".
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted (read for Kubernetes 1.36)
 */
export function podSecurity(
  runAsUser: pulumi.Input<number>,
  runAsGroup: pulumi.Input<number>,
): core.v1.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser,
    runAsGroup,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** A container's part of the same standard, and a root file system that nobody can write to. */
export function containerSecurity(): core.v1.SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
  };
}
