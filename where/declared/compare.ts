import { judge } from "../diagnosis/diagnose.ts";
import { Link, type ObjectRef } from "../diagnosis/diagnosis.ts";
import { isReady, ownerOf } from "../diagnosis/pods.ts";
import type { ClusterState, ObjectKind, Pod } from "../state/cluster-state.ts";
import { readState } from "../state/read-state.ts";
import type { Declared, DeclaredConnection } from "./declared.ts";

/** What differs between what a program declares and what there is. It is no fault by itself. */
export interface Difference {
  /** What it is about. */
  readonly about: readonly ObjectRef[];
  /** One sentence without a full stop. */
  readonly sentence: string;
}

/** The kinds that are compared, with the key of their objects. */
const KINDS: Readonly<Record<string, ObjectKind>> = {
  Service: "services",
  Deployment: "deployments",
  StatefulSet: "statefulSets",
  DaemonSet: "daemonSets",
  Ingress: "ingresses",
  HTTPRoute: "httpRoutes",
};

/** Kinds that every cluster has. */
const BUILT_IN = Object.keys(KINDS).filter((kind) => kind !== "HTTPRoute");

/** Objects that every namespace or cluster has without a program. */
const EVERYWHERE = new Set(["Service default/kubernetes"]);

/** What a comparison came to. */
export interface Comparison {
  /** What differs. */
  readonly differences: readonly Difference[];
  /** Kinds that were not compared, because they were not read. */
  readonly notCompared: readonly string[];
}

/** Whether an object is of a kind that is compared and is not declared. */
export const isUndeclared = (ref: ObjectRef, wanted: ReadonlySet<string>): boolean =>
  KINDS[ref.kind] !== undefined && !wanted.has(textOf(ref)) && !EVERYWHERE.has(textOf(ref));

/** An object in words, such as `Service shop/web`. */
export const textOf = ({ kind, name, namespace }: ObjectRef): string =>
  `${kind} ${namespace ?? ""}/${name}`;

/**
 * Compares what a program declares with the objects of a namespace: declared but absent, present but undeclared, and
 * declared connections that lead nowhere or that a policy blocks. Kinds that were not read are not compared, and
 * named.
 */
export function compareDeclared(declared: Declared, state: ClusterState): Comparison {
  const { namespace } = state.asked;
  const wanted = declared.objects.filter(
    (it) => it.namespace === namespace && sees(state, it.kind),
  );
  const there = presentIn(state, namespace);
  const names = { wanted: new Set(wanted.map(textOf)), there: new Set(there.map(textOf)) };
  const kinds = declared.objects.filter((it) => it.namespace === namespace).map((it) => it.kind);
  const notCompared = [...new Set([...BUILT_IN, ...kinds])].filter((kind) => !sees(state, kind));
  const differences = [
    ...wanted
      .filter((it) => !names.there.has(textOf(it)))
      .map((it) => ({ about: [it], sentence: `${textOf(it)} is declared, and absent` })),
    ...there
      .filter((it) => isUndeclared(it, names.wanted))
      .map((it) => ({ about: [it], sentence: `${textOf(it)} is present, and not declared` })),
    ...declared.connections.flatMap((it) => connectionDifference(it, state) ?? []),
  ];
  return { differences, notCompared };
}

const sees = ({ objects }: ClusterState, kind: string): boolean => {
  const key = KINDS[kind];
  return key !== undefined && objects[key] !== undefined;
};

function presentIn({ objects }: ClusterState, namespace: string): readonly ObjectRef[] {
  return Object.entries(KINDS).flatMap(([kind, key]) =>
    (objects[key] ?? []).flatMap(({ metadata }) =>
      metadata?.name !== undefined && metadata.namespace === namespace
        ? [{ kind, namespace, name: metadata.name }]
        : [],
    ),
  );
}

function connectionDifference(
  { from, to }: DeclaredConnection,
  state: ClusterState,
): Difference | undefined {
  const { namespace } = state.asked;
  if (from.namespace !== namespace || to.namespace !== namespace) return undefined;
  const about = [from, to];
  const words = `${textOf(from)} is declared to connect to ${textOf(to)}`;
  const services = state.objects.services ?? [];
  const isThere = services.some(
    ({ metadata }) => metadata?.name === to.name && metadata.namespace === namespace,
  );
  if (state.objects.services !== undefined && !isThere) {
    return { about, sentence: `${words}, which is absent` };
  }
  const pod = podsOf(from, state).find(isReady);
  if (pod?.metadata?.name === undefined) return undefined;
  const asked = { ...to, namespace, from: { pod: { namespace, name: pod.metadata.name } } };
  const blocked = judge(state, asked).findings.find(({ link }) => link === Link.Policy);
  return blocked && { about, sentence: `${words}: ${blocked.sentence}` };
}

const podsOf = ({ kind, name, namespace }: ObjectRef, { objects }: ClusterState): readonly Pod[] =>
  (objects.pods ?? []).filter(
    (pod) => pod.metadata?.namespace === namespace && ownerOf(pod) === `${kind} ${name}`,
  );

/** The comparison that concerns a question: all of a namespace, or what is about what was asked for. */
export function differencesOf(declared: Declared, state: ClusterState, all: boolean): Comparison {
  const known = readState(state);
  const { kind, name } = known.asked;
  const { differences, notCompared } = compareDeclared(declared, known);
  return {
    differences: differences.filter(
      ({ about }) => all || about.some((it) => it.kind === kind && it.name === name),
    ),
    notCompared: notCompared.filter((it) => all || it === kind),
  };
}
