import { type LabelSelector, matchesSelector } from "../../testing/label-selector.ts";
import type { Manifest } from "../../testing/manifest.ts";
import { podTemplateOf } from "../../testing/pod-template.ts";
import { isService, selects, serviceSpec } from "../../testing/service.ts";
import { PolicyLevel, type PolicyRule, when } from "../rule.ts";
import { PRIVATE_KEY } from "./patterns.ts";
import { SECRET_NAME } from "./pod-rules.ts";
import { containersOf, isOnNodeNetwork, isServing, replicasOf, specOf } from "./workloads.ts";

const DOCS = "https://kubernetes.io/docs/";

/** Whether a policy or a budget selects an object's Pods. */
function selectsPods(selecting: Manifest, field: string, object: Manifest): boolean {
  const selector = (specOf(selecting)[field] ?? {}) as LabelSelector;
  const labels = podTemplateOf(object)?.labels ?? {};
  return (
    selecting.metadata.namespace === object.metadata.namespace && matchesSelector(labels, selector)
  );
}

const isFront = (object: Manifest): boolean =>
  isService(object) && ["LoadBalancer", "NodePort"].includes(serviceSpec(object).type ?? "");
const hasAutoscaler = (object: Manifest, objects: readonly Manifest[]): boolean =>
  objects.some((it) => {
    const target = specOf(it)["scaleTargetRef"] as
      | { readonly kind?: string; readonly name?: string }
      | undefined;
    return (
      it.kind === "HorizontalPodAutoscaler" &&
      target?.kind === object.kind &&
      target.name === object.metadata.name
    );
  });

/** The rules that look at several objects, and those about objects that are neither Services nor Pods. */
export const programRules: readonly PolicyRule[] = [
  {
    id: "drain-missing",
    level: PolicyLevel.Mandatory,
    description: "Containers behind a load balancer or a node port wait before they stop.",
    fix: "set lifecycle.preStop to sleep for as long as the load balancer takes to notice",
    link: `${DOCS}concepts/workloads/pods/pod-lifecycle/#pod-termination`,
    needsAll: true,
    check: (object, { objects }) => {
      const behind = isServing(object) && objects.some((it) => isFront(it) && selects(it, object));
      const abrupt = behind
        ? containersOf(object).filter(
            ({ lifecycle, ports = [] }) => ports.length > 0 && lifecycle?.preStop === undefined,
          )
        : [];
      return when(
        abrupt.length > 0,
        `stops while requests still arrive: ${abrupt.map(({ name }) => name).join(", ")} has no preStop hook`,
      );
    },
  },
  {
    id: "single-replica",
    level: PolicyLevel.Advisory,
    description: "A Deployment behind a Service has more than one Pod.",
    fix: "set replicas to at least 2, or add an autoscaler",
    link: `${DOCS}concepts/workloads/controllers/deployment/#replicas`,
    needsAll: true,
    check: (object, { objects }) => {
      const behind =
        object.kind === "Deployment" && objects.some((it) => isService(it) && selects(it, object));
      return when(
        behind && replicasOf(object) < 2 && !hasAutoscaler(object, objects),
        "has one Pod, so that nothing answers while it moves",
      );
    },
  },
  {
    id: "network-policy-missing",
    level: PolicyLevel.Mandatory,
    description: "A NetworkPolicy selects the Pods of every workload.",
    fix: "add a NetworkPolicy that lists who may connect",
    link: `${DOCS}concepts/services-networking/network-policies/`,
    needsAll: true,
    check: (object, { objects }) => {
      const closed = objects.some(
        (it) => it.kind === "NetworkPolicy" && selectsPods(it, "podSelector", object),
      );
      return when(
        isServing(object) && !isOnNodeNetwork(object) && !closed,
        "accepts connections from every Pod of the cluster: no NetworkPolicy selects it",
      );
    },
  },
  {
    id: "disruption-budget-missing",
    level: PolicyLevel.Advisory,
    description: "A PodDisruptionBudget protects workloads with several Pods.",
    fix: "add a PodDisruptionBudget",
    link: `${DOCS}tasks/run-application/configure-pdb/`,
    needsAll: true,
    check: (object, { objects }) => {
      const several = ["Deployment", "StatefulSet"].includes(object.kind) && replicasOf(object) > 1;
      const kept = objects.some(
        (it) => it.kind === "PodDisruptionBudget" && selectsPods(it, "selector", object),
      );
      return when(
        several && !kept,
        "may lose all Pods when nodes are drained: no PodDisruptionBudget selects it",
      );
    },
  },
  {
    id: "disruption-budget-blocks",
    level: PolicyLevel.Mandatory,
    description: "A PodDisruptionBudget lets at least one Pod go.",
    fix: "lower minAvailable or raise maxUnavailable, or nodes can never be drained",
    link: `${DOCS}tasks/run-application/configure-pdb/`,
    needsAll: true,
    check: (object, { objects }) => {
      if (object.kind !== "PodDisruptionBudget") return [];
      const { maxUnavailable, minAvailable } = specOf(object);
      const workloads = objects.filter(
        (it) => isServing(it) && selectsPods(object, "selector", it) && !hasAutoscaler(it, objects),
      );
      const pods = workloads.reduce((sum, it) => sum + replicasOf(it), 0);
      const stuck =
        maxUnavailable === 0 ||
        maxUnavailable === "0%" ||
        minAvailable === "100%" ||
        (workloads.length > 0 && typeof minAvailable === "number" && minAvailable >= pods);
      return when(stuck, "lets no Pod go, so that nodes can never be drained");
    },
  },
  {
    id: "secret-in-config-map",
    level: PolicyLevel.Mandatory,
    description: "No secret is in a ConfigMap.",
    fix: "put it into a Secret",
    link: `${DOCS}concepts/configuration/configmap/`,
    needsAll: false,
    check: (object) => {
      if (object.kind !== "ConfigMap") return [];
      const data = Object.entries((object["data"] ?? {}) as Readonly<Record<string, unknown>>);
      const found = data.filter(
        ([key, value]) => SECRET_NAME.test(key) || new RegExp(PRIVATE_KEY).test(String(value)),
      );
      return when(found.length > 0, `has secrets under ${found.map(([key]) => key).join(", ")}`);
    },
  },
  {
    id: "default-namespace",
    level: PolicyLevel.Advisory,
    description: "Workloads and Services are in a namespace of their own.",
    fix: "set metadata.namespace",
    link: `${DOCS}concepts/overview/working-with-objects/namespaces/`,
    needsAll: false,
    check: (object) =>
      when(
        (isServing(object) || isService(object)) &&
          (object.metadata.namespace ?? "default") === "default",
        "is in the namespace default",
      ),
  },
  {
    id: "wildcard-role",
    level: PolicyLevel.Mandatory,
    description: "No role allows everything on everything.",
    fix: "list the verbs and the resources that are needed",
    link: `${DOCS}concepts/security/rbac-good-practices/#least-privilege`,
    needsAll: false,
    check: (object) => {
      const rules = ["ClusterRole", "Role"].includes(object.kind)
        ? ((object["rules"] ?? []) as readonly Readonly<Record<string, readonly string[]>>[])
        : [];
      const wild = rules.some(
        ({ resources = [], verbs = [] }) => resources.includes("*") && verbs.includes("*"),
      );
      return when(wild, "allows every verb on every resource");
    },
  },
  {
    id: "cluster-admin",
    level: PolicyLevel.Mandatory,
    description: "Nobody is bound to cluster-admin.",
    fix: "bind a role with the permissions that are needed",
    link: `${DOCS}concepts/security/rbac-good-practices/#least-privilege`,
    needsAll: false,
    check: (object) => {
      const { name } = (object["roleRef"] ?? {}) as { readonly name?: string };
      return when(
        ["ClusterRoleBinding", "RoleBinding"].includes(object.kind) && name === "cluster-admin",
        "binds somebody to cluster-admin",
      );
    },
  },
];
