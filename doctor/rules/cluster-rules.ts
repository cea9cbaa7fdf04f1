import type { KubernetesObject } from "@kubernetes/client-node";
import type { DeletedObject } from "../../components/cluster/deletion/deleted-object.ts";
import { titleOf } from "../../components/cluster/deletion/deleted-object.ts";
import { whatHolds } from "../../components/cluster/deletion/what-holds.ts";
import { isObject } from "../../preview/engine/kubernetes.ts";
import type { ClusterFacts, Facts, ObservedObject, StateResource } from "../facts.ts";
import { type Finding, Severity } from "../finding.ts";
import { nameOf } from "./state-rules.ts";

/** A deletion that takes longer is not just slow: Pods have 30 seconds by default. */
const STUCK_AFTER_SECONDS = 120;

/** The clusters, and the objects in them. */
export function clusterFindings(facts: Facts): readonly Finding[] {
  return facts.clusters.flatMap((cluster) => {
    const wrong = whyUnjudged(facts, cluster);
    // What another cluster has says nothing about the objects of this stack.
    if (wrong !== undefined) return [wrong];
    return [
      ...cluster.objects.flatMap((it) => objectFindings(facts, it)),
      ...cluster.others.map((it) => notInState(facts.stack, it)),
    ];
  });
}

/** Why nothing can be said of a cluster's objects; undefined where something can. */
export const whyUnjudged = (facts: Facts, cluster: ClusterFacts): Finding | undefined =>
  unreachable(cluster) ?? wrongCluster(facts, cluster);

function unreachable({ problem, provider }: ClusterFacts): Finding | undefined {
  if (problem === undefined) return undefined;
  return {
    rule: "cluster-unreachable",
    severity: Severity.Problem,
    message: `The cluster of provider ${providerName(provider)} cannot be read: ${problem}`,
    cure: "Check that it runs, and that KUBECONFIG or --context leads to it; the objects were not judged",
  };
}

function wrongCluster(facts: Facts, cluster: ClusterFacts): Finding | undefined {
  const { objects, provider, uid } = cluster;
  const pinned = pinnedUid(facts, provider);
  const rest = {
    rule: "wrong-cluster",
    severity: Severity.Problem,
    cure: "Point KUBECONFIG or --context at the stack's cluster; do not refresh, which would forget all objects",
  };
  if (pinned !== undefined && pinned !== uid) {
    const message = `Provider ${providerName(provider)} leads to another cluster: its uid is ${uid}, the stack's is ${pinned}`;
    return { ...rest, message };
  }
  const recorded = objects.filter((it) => it.uid !== undefined);
  const isThere = recorded.some((it) => it.live?.metadata?.uid === it.uid);
  if (pinned !== undefined || recorded.length < 2 || isThere) return undefined;
  const message = `Provider ${providerName(provider)} probably leads to another cluster: it has none of the stack's ${recorded.length} objects`;
  return { ...rest, message };
}

/** The uid of the stack's cluster: a pinned provider reads the namespace kube-system. */
function pinnedUid({ state }: Facts, provider: string): unknown {
  const system = state?.resources.find(
    (it) => it.external && it.provider === provider && it.urn.endsWith("-kube-system"),
  );
  return Object(system?.outputs?.["metadata"]).uid;
}

function objectFindings(facts: Facts, object: ObservedObject): readonly Finding[] {
  const { live, uid, urn } = object;
  if (uid === undefined) return []; // a pending creation has a rule of its own
  const { stack } = facts;
  const refresh = ["refresh", "--stack", stack, "--yes", "--skip-preview", "--target", urn];
  if (live === undefined) {
    return [
      {
        rule: "object-missing",
        severity: Severity.Problem,
        message: `${nameOf(urn)} is in the state and not in the cluster`,
        cure: `Forget it; then pulumi up --stack ${stack} creates it anew`,
        fix: { pulumi: refresh },
      },
    ];
  }
  if (live.metadata?.uid !== uid) {
    return [
      {
        rule: "object-recreated",
        severity: Severity.Problem,
        message: `${nameOf(urn)} is another object than the stack created: its uid is ${live.metadata?.uid}, was ${uid}`,
        cure: `If it is yours, take it over with pulumi refresh --target '${urn}'; if somebody else made it, forget it with pulumi state delete '${urn}'`,
      },
    ];
  }
  const stuck = stuckDeletion(live, facts.now);
  return stuck === undefined ? [] : [stuck];
}

function stuckDeletion(live: KubernetesObject, now: number): Finding | undefined {
  const since = live.metadata?.deletionTimestamp;
  if (since === undefined) return undefined;
  const seconds = Math.round((now - new Date(since).getTime()) / 1000);
  if (seconds < STUCK_AFTER_SECONDS) return undefined;
  const object = describe(live);
  const why = whatHolds(object, live, []) ?? "nothing visible holds it";
  return {
    rule: "stuck-deletion",
    severity: Severity.Problem,
    message: `${titleOf(object)} has been deleted for ${seconds} s and is still there`,
    cure: why,
  };
}

function notInState(stack: string, live: KubernetesObject): Finding {
  const object = describe(live);
  return {
    rule: "object-without-state",
    severity: Severity.Note,
    message: `${titleOf(object)} was written by Pulumi and is not in the state of stack "${stack}"`,
    cure: "It may belong to another stack. If it does not: take it over with pulumi import, or delete it with kubectl",
  };
}

function describe(live: KubernetesObject): DeletedObject {
  const { apiVersion = "", kind = "", metadata = {} } = live;
  const { name = "", namespace, uid = "" } = metadata;
  return { apiVersion, kind, name, namespace, uid };
}

/** A provider's name, from its reference `URN::id`. */
function providerName(provider: string): string {
  return `"${provider.split("::").at(-2)}"`;
}

/** Whether a resource of the state is a Kubernetes object that this stack manages. */
export function isManagedObject(resource: StateResource): boolean {
  const { external, type } = resource;
  const isComponent = /^kubernetes:kustomize(\/v2)?:/.test(type);
  return isObject(resource) && !isComponent && !type.endsWith("Patch") && external !== true;
}
