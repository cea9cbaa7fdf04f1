import { policyRules } from "../diagnosis/causes/policies.ts";
import { Certainty, type ObjectRef } from "../diagnosis/diagnosis.ts";
import { isReady, ownerOf } from "../diagnosis/pods.ts";
import { podsIn, viewOf } from "../diagnosis/view.ts";
import type { ClusterState, ObjectKind, Pod, Service } from "../state/cluster-state.ts";
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

/** What decides whether a declared connection is blocked. */
const POLICY = "NetworkPolicy";

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
  const own = declared.objects.filter((it) => it.namespace === namespace);
  const connections = declared.connections.filter(
    ({ from, to }) => from.namespace === namespace && to.namespace === namespace,
  );
  const wanted = own.filter((it) => sees(state, it.kind));
  const there = presentIn(state, namespace);
  const names = { wanted: new Set(wanted.map(textOf)), there: new Set(there.map(textOf)) };
  const kinds = [...new Set([...BUILT_IN, ...own.map((it) => it.kind)])];
  const policiesSeen = connections.length === 0 || state.objects.networkPolicies !== undefined;
  const differences = [
    ...wanted
      .filter((it) => !names.there.has(textOf(it)))
      .map((it) => ({ about: [it], sentence: `${textOf(it)} is declared, and absent` })),
    ...there
      .filter((it) => isUndeclared(it, names.wanted))
      .map((it) => ({ about: [it], sentence: `${textOf(it)} is present, and not declared` })),
    ...connectionDifferences(connections, state),
  ];
  const notCompared = kinds.filter((kind) => !sees(state, kind));
  return { differences, notCompared: [...notCompared, ...(policiesSeen ? [] : [POLICY])] };
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

function connectionDifferences(
  connections: readonly DeclaredConnection[],
  state: ClusterState,
): readonly Difference[] {
  const { namespace } = state.asked;
  const pods = Map.groupBy(podsIn(state, namespace), ownerOf);
  const services = (state.objects.services ?? []).filter(
    ({ metadata }) => metadata?.namespace === namespace,
  );
  const byName = new Map(services.map((it) => [it.metadata?.name, it]));
  return connections.flatMap(({ from, to }) => {
    const about = [from, to];
    const words = `${textOf(from)} is declared to connect to ${textOf(to)}`;
    const service = byName.get(to.name);
    if (service === undefined) {
      const isKnown = state.objects.services !== undefined;
      return isKnown ? [{ about, sentence: `${words}, which is absent` }] : [];
    }
    const caller = pods.get(`${from.kind} ${from.name}`)?.find(isReady);
    const blocked = caller && blockedBy(state, service, caller);
    return blocked === undefined ? [] : [{ about, sentence: `${words}: ${blocked}` }];
  });
}

/** How a network policy keeps a Pod from a Service, where that is certain. */
function blockedBy(state: ClusterState, service: Service, { metadata }: Pod): string | undefined {
  const { namespace } = state.asked;
  const { name = "" } = metadata ?? {};
  const asked = { kind: "Service", namespace, name: service.metadata?.name ?? "" };
  const view = viewOf(state, { ...asked, from: { pod: { namespace, name } } }, service);
  const found = policyRules.flatMap((rule) => rule.find(view) ?? []);
  return found.find(({ certainty = Certainty.Broken }) => certainty === Certainty.Broken)?.sentence;
}

/** The comparison that concerns a question: all of a namespace, or what is about what was asked for. */
export function differencesOf(declared: Declared, known: ClusterState, all: boolean): Comparison {
  const { kind, name } = known.asked;
  const { differences, notCompared } = compareDeclared(declared, known);
  return {
    differences: differences.filter(
      ({ about }) => all || about.some((it) => it.kind === kind && it.name === name),
    ),
    notCompared: notCompared.filter((it) => all || it === kind),
  };
}
