import { type Change, Operation } from "../engine/changes.ts";
import { isObject, kindOf } from "../engine/kubernetes.ts";
import { at } from "../engine/values.ts";
import { Severity } from "../report.ts";
import { isLoadBalancer } from "./exposure-level.ts";
import { listed } from "./load-balancer-rules.ts";
import type { FindingRule } from "./rule.ts";

/** Kinds that keep data, or with which other objects go. */
const STATEFUL: Readonly<Record<string, string>> = {
  CustomResourceDefinition: "every object of the kind that it defines",
  Namespace: "everything in it",
  PersistentVolume: "its data, unless the reclaim policy keeps them",
  PersistentVolumeClaim: "its data, unless the reclaim policy keeps them",
  StatefulSet: "its Pods, in the middle of their work",
  StorageClass: "the way to more volumes of this class",
};

const SECURITY: Readonly<Record<string, string>> = {
  NetworkPolicy: "what it closed is open",
  ValidatingAdmissionPolicy: "what it refused is accepted",
  ValidatingAdmissionPolicyBinding: "what it refused is accepted",
  ValidatingWebhookConfiguration: "what it refused is accepted",
};

const gone = ({ operation, retained }: Change): boolean =>
  operation === Operation.Delete && !retained;
const replaced = ({ operation }: Change): boolean => operation === Operation.Replace;
const isPlain = (change: Change): boolean =>
  !(
    kindOf(change) in STATEFUL ||
    kindOf(change) in SECURITY ||
    kindOf(change) === "PodDisruptionBudget"
  ) && !(kindOf(change) === "Service" && isLoadBalancer(change.before));

/** The rules about what is deleted or replaced. */
export const deletionRules: readonly FindingRule[] = [
  {
    id: "stateful-deleted",
    severity: Severity.Block,
    description:
      "An object that keeps data, or with which other objects go, is deleted or replaced.",
    find: (change) => {
      const loss = isObject(change) ? STATEFUL[kindOf(change)] : undefined;
      if (loss === undefined) return [];
      if (gone(change)) return [`is deleted, and with it ${loss}`];
      return replaced(change)
        ? [`is replaced because of ${listed(change.forcedBy)}; lost is ${loss}`]
        : [];
    },
  },
  {
    id: "protection-removed",
    severity: Severity.Warn,
    description: "A resource was protected from deletion and is not any more.",
    find: ({ after, operation, protect }) =>
      operation !== Operation.Same && after !== undefined && protect.before && !protect.after
        ? ["loses its protection from deletion"]
        : [],
  },
  {
    id: "security-removed",
    severity: Severity.Block,
    description: "A NetworkPolicy or an admission policy is deleted.",
    find: (change) => {
      const effect = isObject(change) ? SECURITY[kindOf(change)] : undefined;
      return effect !== undefined && gone(change) ? [`is deleted: ${effect}`] : [];
    },
  },
  {
    id: "disruption-budget-removed",
    severity: Severity.Warn,
    description: "A PodDisruptionBudget is deleted: a node's drain may end all Pods at once.",
    find: (change) =>
      kindOf(change) === "PodDisruptionBudget" && gone(change)
        ? ["is deleted: draining nodes may end all Pods at once"]
        : [],
  },
  {
    id: "resource-deleted",
    severity: Severity.Warn,
    description: "Any other resource is deleted.",
    find: (change) => (gone(change) && isPlain(change) ? ["is deleted"] : []),
  },
  {
    id: "resource-left-behind",
    severity: Severity.Note,
    description: "A resource leaves the stack and its object stays.",
    find: ({ operation, retained }) =>
      operation === Operation.Delete && retained ? ["leaves the stack; its object stays"] : [],
  },
  {
    id: "resource-replaced",
    severity: Severity.Warn,
    description: "Any other resource is replaced.",
    find: (change) =>
      replaced(change) && isPlain(change)
        ? [
            `is replaced because of ${listed(change.forcedBy)}${change.deletesFirst ? "; the old one is deleted first" : ""}${addressText(change)}`,
          ]
        : [],
  },
];

const addressText = (change: Change): string =>
  kindOf(change) === "Service" && at(change.outputsBefore, "spec", "clusterIP") !== "None"
    ? "; its cluster IP changes"
    : "";
