import { judge } from "../diagnosis/diagnose.ts";
import { Certainty, type Finding } from "../diagnosis/diagnosis.ts";
import { crashed, endOf, isReady } from "../diagnosis/pods.ts";
import { viewOf } from "../diagnosis/view.ts";
import { labelsText } from "../diagnosis/words.ts";
import { keyOfKind } from "../state/asked-kinds.ts";
import type { Asked, ClusterState, Service } from "../state/cluster-state.ts";
import { lastLineOf } from "../state/masked.ts";
import { readState } from "../state/read-state.ts";
import type { Reader } from "./reader.ts";
import {
  gatewayReads,
  governingReads,
  metalLbReads,
  type Read,
  remainingReads,
} from "./remaining.ts";

/** The most requests for one question. */
export const MOST_REQUESTS = 10;
/** The most objects of a list that only helps to explain. */
const SOME = 500;

const IN_CLUSTER = /^([^.]+)\.([^.]+)\.svc(\.|$)/;

/** What was read so far, as a state. */
export const stateOf = (
  reader: Reader,
  asked: Asked,
  apiGroups?: readonly string[],
): ClusterState =>
  ({
    schemaVersion: 1,
    recordedAt: reader.date,
    asked,
    ...(apiGroups && { apiGroups }),
    ...reader.read,
  }) as ClusterState;

/** Makes requests, the most important first, as long as there is room. */
async function within(reader: Reader, reads: readonly Read[]): Promise<void> {
  const room = Math.max(0, MOST_REQUESTS - reader.requests);
  await Promise.all(reads.slice(0, room).map((it) => it()));
}

/**
 * Reads what answers a question on one Service or workload, in stages: first the chain itself, then what explains
 * what is wrong with it, or what could still be wrong if nothing is.
 */
export async function collect(reader: Reader, asked: Asked): Promise<ClusterState> {
  if (reader.requests === 0) await first(reader, asked);
  const service = serviceOf(reader, asked);
  await chain(reader, asked, service);
  const groups = await explain(reader, asked);
  return stateOf(reader, asked, groups);
}

/** Reads every Service of a namespace and what belongs to them. */
export async function collectAll(reader: Reader, namespace: string): Promise<ClusterState> {
  const asked = { kind: "Service", name: "", namespace };
  await reader.get("services", { namespace });
  await Promise.all([
    reader.get("endpointSlices", { namespace }),
    dnsSlices(reader),
    reader.get("pods", { namespace }),
    reader.get("networkPolicies", { namespace }),
    reader.get("ingresses", { namespace }),
    reader.get("nodes", {}),
    reader.get("events", { namespace }),
    reader.get("deployments", { namespace }),
    reader.get("statefulSets", { namespace }),
  ]);
  return stateOf(reader, asked);
}

const dnsSlices = (reader: Reader): Promise<unknown> =>
  reader.get("endpointSlices", { namespace: "kube-system", labels: "k8s-app=kube-dns" });

async function first(reader: Reader, { kind, name, namespace }: Asked): Promise<void> {
  const key = keyOfKind(kind);
  if (key !== undefined) await reader.get(key, { name, namespace });
}

const serviceOf = (reader: Reader, asked: Asked): Service | undefined =>
  asked.kind === "Service" ? readState(stateOf(reader, asked)).objects.services?.[0] : undefined;

/** Reads the chain: endpoints, Pods, policies and the way in. */
async function chain(reader: Reader, asked: Asked, service: Service | undefined): Promise<void> {
  const { name, namespace } = asked;
  if (asked.kind === "Service" && service === undefined) {
    await within(reader, [
      () => reader.get("services", { fields: `metadata.name=${name}` }),
      () => reader.get("services", { namespace, limit: SOME }),
    ]);
    return;
  }
  const spec = service?.spec;
  if (spec?.type === "ExternalName") {
    const [, target, inside] = IN_CLUSTER.exec(spec.externalName ?? "") ?? [];
    if (target !== undefined) await reader.get("services", { name: target, namespace: inside });
    return;
  }
  const selector = labelsText(spec?.selector ?? {});
  const labels = selector === "" ? undefined : selector;
  const own = service === undefined ? undefined : `kubernetes.io/service-name=${name}`;
  const isOuter =
    spec?.type === "LoadBalancer" ||
    spec?.type === "NodePort" ||
    spec?.internalTrafficPolicy === "Local" ||
    labels === undefined;
  const { pod } = asked.from ?? {};
  await within(reader, [
    () => reader.get("endpointSlices", { namespace, labels: own }),
    () => reader.get("pods", { namespace, labels }),
    () => reader.get("networkPolicies", { namespace }),
    ...(service === undefined ? [() => reader.get("services", { namespace })] : []),
    ...(pod === undefined ? [] : [() => reader.get("pods", pod)]),
    ...(pod === undefined || pod.namespace === namespace
      ? []
      : [() => reader.get("networkPolicies", { namespace: pod.namespace })]),
    ...metalLbReads(reader, service?.metadata?.annotations ?? {}),
    () => dnsSlices(reader),
    ...(isOuter ? [() => reader.get("nodes", {})] : []),
    () => reader.get("ingresses", { namespace }),
  ]);
}

/** Reads what explains a broken link or, if there is none, what else may break it. Returns the API groups. */
async function explain(reader: Reader, asked: Asked): Promise<readonly string[] | undefined> {
  const state = readState(stateOf(reader, asked));
  const isBroken = judge(state).findings.some(({ certainty }) => certainty === Certainty.Broken);
  const reads = isBroken ? explanations(reader, state) : [];
  await within(reader, reads);
  const again = readState(stateOf(reader, asked));
  await within(reader, deciders(reader, again));
  if (
    isBroken ||
    asked.kind === "Ingress" ||
    again.objects.services?.[0]?.spec?.type === "ExternalName"
  )
    return undefined;
  return remaining(reader, again);
}

function explanations(reader: Reader, state: ClusterState): readonly Read[] {
  const { namespace } = state.asked;
  const service =
    state.asked.kind === "Service"
      ? state.objects.services?.find(
          ({ metadata }) => metadata?.name === state.asked.name && metadata.namespace === namespace,
        )
      : undefined;
  if (state.asked.kind === "Service" && service === undefined) return [];
  const view = viewOf(
    state,
    state.asked,
    service,
    service === undefined ? state.objects.pods : undefined,
  );
  const claims = view.live.some(({ spec }) =>
    (spec?.volumes ?? []).some((it) => it.persistentVolumeClaim !== undefined),
  );
  const isPending =
    view.type === "LoadBalancer" && (service?.status?.loadBalancer?.ingress ?? []).length === 0;
  const fails = view.live.length === 0 || view.live.some((pod) => !isReady(pod));
  if (fails && view.live.length === 0 && !isPending) {
    return view.saw("pods")
      ? [
          () => reader.get("deployments", { namespace }),
          () => reader.get("statefulSets", { namespace }),
          () => reader.get("pods", { namespace, limit: SOME }),
        ]
      : [];
  }
  return [
    ...(fails || isPending ? [() => reader.get("events", { namespace, limit: SOME })] : []),
    ...(fails && !view.saw("nodes") ? [() => reader.get("nodes", {})] : []),
    ...(fails && claims ? [() => reader.get("persistentVolumeClaims", { namespace })] : []),
  ];
}

/** What decides between causes that look alike after the first explanations. */
function deciders(reader: Reader, state: ClusterState): readonly Read[] {
  const { namespace } = state.asked;
  const [first] = judge(state).findings;
  const labels = labelsText(state.objects.services?.[0]?.spec?.selector ?? {});
  if (first?.cause === "selector-matches-no-pod") {
    return [() => reader.get("pods", { labels, limit: SOME })];
  }
  if (first?.cause === "crash-loop") return logReads(reader, state, first);
  if (first?.cause === "zero-replicas") {
    return [() => reader.get("horizontalPodAutoscalers", { namespace })];
  }
  return first?.cause === "no-pods-made"
    ? [() => reader.get("events", { namespace, limit: SOME })]
    : [];
}

/** What the container wrote that crashes, unless its status tells. */
function logReads(reader: Reader, { objects }: ClusterState, { about }: Finding): readonly Read[] {
  const [{ name, namespace = "" } = { name: "" }] = about;
  const pod = (objects.pods ?? []).find(
    ({ metadata }) => metadata?.name === name && metadata.namespace === namespace,
  );
  const container = pod && crashed(pod);
  if (container?.name === undefined) return [];
  if (lastLineOf(endOf(container)?.message ?? "") !== undefined) return [];
  const of = { namespace, name, container: container.name };
  return [() => reader.lastLogLine(of)];
}

/** What may still be wrong with a chain that looks fine. */
async function remaining(
  reader: Reader,
  state: ClusterState,
): Promise<readonly string[] | undefined> {
  if (reader.requests >= MOST_REQUESTS) return undefined;
  const groups = await reader.groups();
  await within(reader, remainingReads(reader, state, groups ?? []));
  const now = stateOf(reader, state.asked);
  await within(reader, [...governingReads(reader, now), ...gatewayReads(reader, now)]);
  return groups;
}
