import { type Change, nameOf, Operation } from "../engine/changes.ts";
import { isObject } from "../engine/kubernetes.ts";
import type { ClusterEvidence, ObjectEvidence, PreviewEvidence } from "../evidence.ts";
import type { GateOptions } from "../options.ts";
import type { TrustItem } from "../report.ts";
import { count, distrusted, trusted } from "./item.ts";

const ID = "clusters";

/** The URNs of the Kubernetes providers that a preview uses. */
export function providersOf(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.filter(isObject).map(({ provider }) => provider))].sort();
}

/**
 * Whether every cluster answers and is the right one. The engine's preview is green without an API server, and on any
 * cluster: nothing in it says where it looked.
 */
export function judgeClusters(
  { clusters }: Pick<PreviewEvidence, "clusters">,
  changes: readonly Change[],
  { clusterUid }: GateOptions,
): TrustItem {
  const providers = providersOf(changes);
  if (providers.length === 0)
    return trusted(ID, "The preview has no object of a Kubernetes cluster");
  const problems = providers.flatMap((provider) => {
    const evidence = clusters.find((it) => it.provider === provider);
    const problem =
      evidence === undefined
        ? "nobody asked its cluster"
        : problemOf(evidence, changes, clusterUid);
    return problem === undefined ? [] : [`${nameOf(provider)}: ${problem}`];
  });
  if (problems.length > 0)
    return distrusted(ID, "Not every cluster is known to be the right one", problems);
  return trusted(
    ID,
    `${count(providers.length, "cluster")} answered and ${providers.length === 1 ? "is" : "are"} the right one`,
    clusters.map(describe),
  );
}

function problemOf(
  { access, context, error, objects, provider, uid }: ClusterEvidence,
  changes: readonly Change[],
  clusterUid: string | undefined,
): string | undefined {
  const at = context === "" ? "" : ` of context ${context}`;
  if (uid === undefined) return `the cluster${at} cannot be asked: ${error ?? "no answer"}`;
  if (clusterUid !== undefined && uid !== clusterUid) {
    return `the cluster${at} is ${uid}, but ${clusterUid} is expected`;
  }
  const wrong = objects.filter(({ found }) => found === "other" || found === "missing");
  if (wrong.length > 0 && wrong.length === readable(objects).length) {
    return `the cluster${at} has none of the ${objects.length} objects of the state that were looked for; it is another cluster, or they are gone`;
  }
  const stated = statedUid(provider, changes);
  const proved =
    clusterUid === uid || stated === uid || readable(objects).some(({ found }) => found === "same");
  if (proved) return undefined;
  const guess = access === "ambient" ? ", and the provider hides how it reaches its cluster" : "";
  return `nothing says that ${uid} is the right cluster${guess}; if it is, say so with --cluster-uid ${uid}`;
}

const readable = (objects: readonly ObjectEvidence[]): readonly ObjectEvidence[] =>
  objects.filter(({ found }) => found !== "unreadable");

/** The uid with which `pinnedProvider` of this package identifies its cluster; the program has compared it already. */
function statedUid(provider: string, changes: readonly Change[]): string | undefined {
  const stated = changes.find(({ urn }) => urn === provider)?.after?.["clusterIdentifier"];
  return typeof stated === "string" ? stated : undefined;
}

function describe({ context, objects, provider, uid }: ClusterEvidence): string {
  const there = objects.filter(({ found }) => found === "same").length;
  const looked =
    objects.length === 0
      ? ""
      : `, ${there} of ${count(objects.length, "object")} looked for are there`;
  return `${nameOf(provider)}: ${uid}${context === "" ? "" : ` (context ${context})`}${looked}`;
}

/** Whether the objects of a state have moved since it was written. */
export function judgeObjects({ clusters }: Pick<PreviewEvidence, "clusters">): TrustItem {
  const objects = clusters.flatMap((cluster) => cluster.objects);
  const wrong = objects.filter(({ found }) => found === "missing" || found === "other");
  if (wrong.length === 0)
    return trusted(
      "objects",
      `${count(objects.length, "object")} of the state looked for, all there`,
    );
  return distrusted(
    "objects",
    `${wrong.length} of ${count(objects.length, "object")} of the state are not in the cluster as the state has them; run pulumi refresh first`,
    wrong.map(
      ({ found, urn }) =>
        `${nameOf(urn)}: ${found === "missing" ? "is gone" : "was made anew by somebody else"}`,
    ),
  );
}

/** The operations that the API server can run dry. */
export const DRY_RUN: readonly Operation[] = [
  Operation.Create,
  Operation.Update,
  Operation.Replace,
];
