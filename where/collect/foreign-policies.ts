/** Policies of other APIs that may block calls, by API group: the lists of one namespace and of the whole cluster. */
export const FOREIGN_POLICIES: Readonly<
  Record<string, readonly (readonly [version: string, plural: string, global?: boolean])[]>
> = {
  "cilium.io": [
    ["v2", "ciliumnetworkpolicies"],
    ["v2", "ciliumclusterwidenetworkpolicies", true],
  ],
  "crd.projectcalico.org": [
    ["v1", "networkpolicies"],
    ["v1", "globalnetworkpolicies", true],
  ],
  "policy.networking.k8s.io": [
    ["v1alpha1", "adminnetworkpolicies", true],
    ["v1alpha1", "baselineadminnetworkpolicies", true],
  ],
  "security.istio.io": [
    ["v1", "authorizationpolicies"],
    ["v1", "peerauthentications"],
  ],
};

/** The paths of the lists of foreign policies that a server with these API groups has. */
export const foreignPolicyPaths = (
  groups: readonly string[],
  namespace: string,
): readonly string[] =>
  groups.flatMap((group) =>
    (FOREIGN_POLICIES[group] ?? []).map(
      ([version, plural, global]) =>
        `/apis/${group}/${version}${global ? "" : `/namespaces/${encodeURIComponent(namespace)}`}/${plural}`,
    ),
  );
