import type { V1Service } from "@kubernetes/client-node";
import { knownValue } from "../../cluster/access.ts";
import type { KubernetesApis } from "../../cluster/client.ts";
import { assignedAddress } from "../../service/address.ts";
import { controllerEventOf } from "./controller-event.ts";
import { serviceDigest } from "./service-digest.ts";
import type { Change, ServiceObservation } from "./sync-status.ts";

/** The name and the namespace of a Service. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** The name and the namespace in a Service's inputs. */
export async function serviceNameOf(inputs: Record<string, unknown> = {}): Promise<ServiceName> {
  return (await knownValue<unknown>(inputs["metadata"])) as ServiceName;
}

/** A Service and its events at one time. */
export interface Snapshot {
  readonly service: V1Service;
  readonly events: ServiceObservation["events"];
  /** The resource version of the events at that time. */
  readonly version: bigint;
}

/** Reads a Service and its events. The events are read last, so that none is missed in between. */
export async function takeSnapshot(
  { core }: Pick<KubernetesApis, "core">,
  { name, namespace }: ServiceName,
): Promise<Snapshot> {
  const service = await core.readNamespacedService({ name, namespace });
  const { items, metadata } = await core.listNamespacedEvent({
    namespace,
    fieldSelector: `involvedObject.uid=${service.metadata?.uid}`,
  });
  return {
    service,
    events: items.map(controllerEventOf),
    version: BigInt(metadata?.resourceVersion ?? 0),
  };
}

/** The observation of a Service, given its snapshot from before this update. */
export function observationOf(
  { service, events }: Snapshot,
  before: Snapshot | undefined,
): ServiceObservation {
  return {
    uid: service.metadata?.uid,
    events,
    addressed: assignedAddress(service.status?.loadBalancer?.ingress?.[0]) !== undefined,
    change: changeOf(service, before),
    now: Date.now(),
  };
}

function changeOf(service: V1Service, before: Snapshot | undefined): Change {
  if (before === undefined || before.service.metadata?.uid !== service.metadata?.uid) {
    return lastChange(service);
  }
  // The controller does not report on a change that needs no action, but such a change moves the time of the last
  // change.
  return liveDigest(before.service) === liveDigest(service)
    ? lastChange(before.service)
    : { ...lastChange(service), version: before.version, created: false };
}

function liveDigest({ metadata, spec }: V1Service): string {
  return serviceDigest(spec ?? {}, metadata?.annotations);
}

/** The last time that anyone wrote the spec. Controllers write the status, finalizers and annotations. */
function lastChange({ metadata }: V1Service): Change {
  const times = (metadata?.managedFields ?? [])
    .filter(({ fieldsV1, subresource }) => !subresource && "f:spec" in (fieldsV1 ?? {}))
    .map(({ time }) => millisecondsOf(time));
  const created = millisecondsOf(metadata?.creationTimestamp);
  const time = Math.max(created, ...times);
  return { time, created: time === created };
}

function millisecondsOf(time: Date | undefined): number {
  return time === undefined ? 0 : Math.floor(new Date(time).getTime() / 1000) * 1000;
}
