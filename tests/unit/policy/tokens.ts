import type { Manifest } from "../../../testing/manifest.ts";
import { deployment, type Fields, other, program } from "./sound.ts";

/** An account, and who a binding of it is for. */
const account = (fields: Fields = {}): Manifest => other("v1", "ServiceAccount", "web", fields);
const binding = (subject: Fields, fields: Fields = {}): Manifest =>
  other("rbac.authorization.k8s.io/v1", "RoleBinding", "web", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "web" },
    subjects: [subject],
    ...fields,
  });

const role = (fields: Fields) => other("rbac.authorization.k8s.io/v1", "Role", "web", fields);
const elsewhere = (it: Manifest): Manifest => ({
  ...it,
  metadata: { ...it.metadata, namespace: "other" },
});
const withPod = (pod: Fields) => program({ deployments: [deployment({}, pod)] });

/** Pods whose account is web, and what is there beside them. */
const TOKEN: Fields = { automountServiceAccountToken: undefined, serviceAccountName: "web" };
const withToken = (...more: readonly Manifest[]) =>
  program({ deployments: [deployment({}, TOKEN)], more });

/** Programs whose Pods have a token that they may use, or none. */
export const goodTokens: Readonly<Record<string, readonly Manifest[]>> = {
  "a token for an account that is bound": withToken(
    account(),
    binding({ kind: "ServiceAccount", name: "web", namespace: "shop" }),
    role({ rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] }),
  ),
  "a token whose binding names no namespace": withToken(
    account(),
    binding({ kind: "ServiceAccount", name: "web" }),
  ),
  "a token for an account that is bound as a user": withToken(
    account(),
    binding({ kind: "User", name: "system:serviceaccount:shop:web" }),
  ),
  "a token for an account whose namespace is bound": withToken(
    account(),
    binding({ kind: "Group", name: "system:serviceaccounts:shop" }),
  ),
  "a token for an account like all others": withToken(
    account(),
    binding({ kind: "Group", name: "system:serviceaccounts" }),
  ),
  "a token for an account like everybody": withToken(
    account(),
    binding({ kind: "Group", name: "system:authenticated" }),
  ),
  "a token beside an account of that name elsewhere": withToken(elsewhere(account())),
  "a token beside an empty role of that name elsewhere": withToken(
    account(),
    binding({ kind: "ServiceAccount", name: "web" }),
    elsewhere(role({ rules: [] })),
  ),
  "a token for a role that is made of others": withToken(
    account(),
    binding(
      { kind: "ServiceAccount", name: "web", namespace: "shop" },
      { roleRef: { kind: "ClusterRole", name: "web" } },
    ),
    other("rbac.authorization.k8s.io/v1", "ClusterRole", "web", {
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { app: "web" } }] },
      rules: [],
    }),
  ),
  "a token for an account that somebody else makes": withToken(),
  "a token for the default account, which is bound": program({
    deployments: [deployment({}, { automountServiceAccountToken: undefined })],
    more: [binding({ kind: "ServiceAccount", name: "default" })],
  }),
  "an account without tokens": withToken(account({ automountServiceAccountToken: false })),
};

/** Programs whose Pods have a token that nothing lets them use. */
export const badTokens: Readonly<Record<string, readonly Manifest[]>> = {
  "nothing is said": withPod({ automountServiceAccountToken: undefined }),
  "it is wanted": withPod({ automountServiceAccountToken: true }),
  "nobody binds its account": withToken(account()),
  "the Pod wants it in spite of the account": program({
    deployments: [deployment({}, { ...TOKEN, automountServiceAccountToken: true })],
    more: [account({ automountServiceAccountToken: false })],
  }),
  "an account of another namespace is bound": withToken(
    account(),
    binding({ kind: "ServiceAccount", name: "web", namespace: "other" }),
  ),
  "the accounts of another namespace are bound": withToken(
    account(),
    binding({ kind: "Group", name: "system:serviceaccounts:other" }),
  ),
  "a user of that name is bound": withToken(account(), binding({ kind: "User", name: "web" })),
  "its role grants nothing": withToken(
    account(),
    binding({ kind: "ServiceAccount", name: "web" }),
    role({ rules: [] }),
  ),
};
