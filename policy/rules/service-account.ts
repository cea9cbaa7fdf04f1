import type { Manifest } from "../../testing/manifest.ts";
import { podOf } from "../../testing/pod-template.ts";
import { PolicyLevel, type PolicyRule, when } from "../rule.ts";

const DEFAULT = "default";

/** The fields of a Pod's spec that decide about its token. */
interface AccountFields {
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName?: string;
}

/** Who a binding is for. */
interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

const namespaceOf = ({ metadata }: Manifest): string => metadata.namespace ?? DEFAULT;

/** Whether a subject is an account, by its name or by a group that every account is in. */
function isAccount(subject: Subject, binding: Manifest, namespace: string, name: string): boolean {
  const { kind, namespace: from = namespaceOf(binding) } = subject;
  if (kind === "ServiceAccount") return subject.name === name && from === namespace;
  const groups = ["", `:${namespace}`].map((it) => `system:serviceaccounts${it}`);
  return kind === "Group"
    ? [...groups, "system:authenticated"].includes(subject.name)
    : subject.name === `system:serviceaccount:${namespace}:${name}`;
}

/** Whether a binding grants something. A role that the program does not make is somebody else's, and counts. */
function grants(binding: Manifest, objects: readonly Manifest[]): boolean {
  const { kind, name } = binding["roleRef"] as { readonly kind: string; readonly name: string };
  const role = objects.find(
    (it) =>
      it.kind === kind &&
      it.metadata.name === name &&
      (kind === "ClusterRole" || namespaceOf(it) === namespaceOf(binding)),
  );
  if (role === undefined || role["aggregationRule"] !== undefined) return true;
  return ((role["rules"] ?? []) as readonly unknown[]).length > 0;
}

/** Whether an account may do something, as far as the objects of a program tell. */
function mayAct(namespace: string, name: string, objects: readonly Manifest[]): boolean {
  return objects.some(
    (it) =>
      ["ClusterRoleBinding", "RoleBinding"].includes(it.kind) &&
      ((it["subjects"] ?? []) as readonly Subject[]).some((subject) =>
        isAccount(subject, it, namespace, name),
      ) &&
      grants(it, objects),
  );
}

/** The rule about tokens that nobody uses. An account that the program does not make may have its bindings where it is made. */
export const serviceAccountRule: PolicyRule = {
  id: "service-account-token",
  level: PolicyLevel.Advisory,
  description: "Pods have no token for the Kubernetes API unless a binding lets them use it.",
  fix: "set automountServiceAccountToken: false, or bind a role to an account of their own",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting",
  needsAll: true,
  check: (object, { objects }) => {
    const spec = podOf(object)?.spec as AccountFields | undefined;
    if (spec === undefined || spec.automountServiceAccountToken === false) return [];
    const namespace = namespaceOf(object);
    const name = spec.serviceAccountName || DEFAULT;
    const account = objects.find(
      (it) =>
        it.kind === "ServiceAccount" && it.metadata.name === name && namespaceOf(it) === namespace,
    );
    const isOthers = name !== DEFAULT && account === undefined;
    const isOff =
      account?.["automountServiceAccountToken"] === false &&
      spec.automountServiceAccountToken !== true;
    return when(
      !isOthers && !isOff && !mayAct(namespace, name, objects),
      `has a token of the account ${name}, which no binding of the program lets use the Kubernetes API`,
    );
  },
};
