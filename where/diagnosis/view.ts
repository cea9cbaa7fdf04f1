import type {
  Asked,
  ClusterObjects,
  ClusterState,
  EndpointSlice,
  Event,
  ObjectKind,
  Pod,
  Service,
} from "../state/cluster-state.ts";
import {
  type Endpoint,
  endpointIsReady,
  endpointsOf,
  isFinished,
  isReady,
  isTerminating,
} from "./pods.ts";
import { hasLabels } from "./selectors.ts";

/** A port of a Service. */
export type ServicePort = NonNullable<NonNullable<Service["spec"]>["ports"]>[number];

/** What a rule looks at: one Service, or the Pods of a workload that no Service selects. */
export interface View {
  /** The question. */
  readonly asked: Asked;
  /** The namespace of what is looked at. */
  readonly namespace: string;
  /** The name of the Service, also where it does not exist. */
  readonly name: string;
  /** All objects that were read. */
  readonly objects: ClusterObjects;
  /** When they were read; undefined if that is unknown. */
  readonly now: number | undefined;
  /** The Service; undefined if there is none. */
  readonly service: Service | undefined;
  /** Its `type`. */
  readonly type: string;
  /** Whether it has no cluster IP on purpose. */
  readonly headless: boolean;
  /** Its ports. */
  readonly ports: readonly ServicePort[];
  /** Its selector; empty if it has none. */
  readonly selector: Readonly<Record<string, string>>;
  /** Its EndpointSlices; undefined if they could not be read. */
  readonly slices: readonly EndpointSlice[] | undefined;
  /** The endpoints of its slices. */
  readonly endpoints: readonly Endpoint[];
  /** Those that get calls. */
  readonly ready: readonly Endpoint[];
  /** The Pods that its selector matches. */
  readonly selected: readonly Pod[];
  /** Those that have not ended and are not being deleted. */
  readonly live: readonly Pod[];
  /** Live Pods that are not ready. */
  readonly unready: readonly Pod[];
  /** What a container of a Pod wrote last, before it ended; undefined if that is not known. */
  readonly lastLine: (pod: Pod, container: string | undefined) => string | undefined;
  /** Whether a kind was read. */
  readonly saw: (kind: ObjectKind) => boolean;
  /** Whether an object that was asked for by name does not exist. */
  readonly lacks: (kind: ObjectKind, namespace: string, name: string) => boolean;
}

/** Looks at a Service, or at Pods where there is none. */
export function viewOf(
  state: ClusterState,
  asked: Asked,
  service: Service | undefined,
  pods?: readonly Pod[],
  wanted: string = asked.name,
): View {
  const namespace = service?.metadata?.namespace ?? asked.namespace;
  const name = service?.metadata?.name ?? wanted;
  const spec = service?.spec;
  const selector = spec?.selector ?? {};
  const slices = service === undefined ? undefined : slicesOf(state, namespace, name);
  const endpoints = endpointsOf(slices ?? []);
  const selected =
    pods ??
    podsIn(state, namespace).filter(({ metadata }) => hasLabels(selector, metadata?.labels));
  const live = selected.filter((pod) => !isFinished(pod) && !isTerminating(pod));
  const parsed = Date.parse(state.recordedAt);
  return {
    asked,
    namespace,
    name,
    objects: state.objects,
    now: Number.isNaN(parsed) ? undefined : parsed,
    service,
    type: spec?.type ?? "ClusterIP",
    headless: spec?.clusterIP === "None",
    ports: spec?.ports ?? [],
    selector,
    slices,
    endpoints,
    ready: endpoints.filter(endpointIsReady),
    selected,
    live,
    unready: live.filter((pod) => !isReady(pod)),
    lastLine: ({ metadata }, container) =>
      (state.logs ?? []).find(
        (it) =>
          it.container === container &&
          it.pod === metadata?.name &&
          it.namespace === metadata.namespace,
      )?.lastLine,
    saw: (kind) => state.objects[kind] !== undefined,
    lacks: (kind, inside, wanted) =>
      (state.missing ?? []).some(
        (it) => it.kind === kind && it.name === wanted && it.namespace === inside,
      ),
  };
}

/** The Pods of a namespace. */
export const podsIn = (
  { objects }: Pick<ClusterState, "objects">,
  namespace: string,
): readonly Pod[] =>
  (objects.pods ?? []).filter(({ metadata }) => metadata?.namespace === namespace);

/** The slices that belong to a Service: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ownership */
export const slicesOf = (
  { objects }: Pick<ClusterState, "objects">,
  namespace: string,
  name: string,
): readonly EndpointSlice[] | undefined =>
  objects.endpointSlices?.filter(
    ({ metadata }) =>
      metadata?.namespace === namespace && metadata.labels?.["kubernetes.io/service-name"] === name,
  );

/** The milliseconds since a point of time; undefined if either is unknown. */
export function since(view: View, time: string | undefined): number | undefined {
  const then = Date.parse(time ?? "");
  return view.now === undefined || Number.isNaN(then) ? undefined : Math.max(0, view.now - then);
}

/** When an event was last seen. */
export const timeOf = (event: Event): string | undefined =>
  event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp;

/** How often an event was seen. */
export const timesOf = (event: Event): number => event.series?.count ?? event.count ?? 1;

/** The events of an object, the newest first. An object's uid tells it from others that had its name. */
export function eventsOf(view: View, uid: string | undefined, reason?: RegExp): readonly Event[] {
  if (uid === undefined) return [];
  const time = (event: Event): number => Date.parse(timeOf(event) ?? "") || 0;
  return (view.objects.events ?? [])
    .filter(
      (it) =>
        it.involvedObject?.uid === uid && (reason === undefined || reason.test(it.reason ?? "")),
    )
    .sort((one, other) => time(other) - time(one));
}

/** Warnings of an object, the newest first. */
export const warningsOf = (
  view: View,
  uid: string | undefined,
  reason?: RegExp,
): readonly Event[] => eventsOf(view, uid, reason).filter(({ type }) => type === "Warning");

/** Whether load balancers or node ports lead to the Service from outside. */
export const isExternal = ({ type }: View): boolean =>
  type === "LoadBalancer" || type === "NodePort";

/** The ready endpoints of a port of the Service: those whose slice has a port of its name. */
export const readyFor = (view: View, { name = "" }: ServicePort): readonly Endpoint[] =>
  view.ready.filter(({ ports }) => ports.some((it) => (it.name ?? "") === name));

/** Whether every port of the Service has a ready endpoint. */
export const serves = (view: View): boolean =>
  view.ready.length > 0 && view.ports.every((port) => readyFor(view, port).length > 0);
