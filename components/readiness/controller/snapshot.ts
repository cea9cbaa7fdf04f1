import type { V1Service } from "@kubernetes/client-node";
import { knownValue } from "../../cluster/access.ts";
import type { KubernetesApis } from "../../cluster/client.ts";
import { assignedAddress } from "../../service/address.ts";
import { wordOf } from "./controller-event.ts";
import { digestOf } from "./service-digest.ts";
import type { Change, Facts } from "./sync-status.ts";

/** Where a Service is. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** Where the Service with these inputs is. */
export async function whereOf(inputs: Record<string, unknown> = {}): Promise<ServiceName> {
  return (await knownValue<unknown>(inputs["metadata"])) as ServiceName;
}

/** A Service and what was said of it, at one time. */
export interface Look {
  readonly service: V1Service;
  readonly words: Facts["words"];
  /** The version that the events had then. */
  readonly version: bigint;
}

/** Looks at a Service. What is said of it while it is looked at is not missed: its events are read last. */
export async function lookAt(
  { core }: Pick<KubernetesApis, "core">,
  { name, namespace }: ServiceName,
): Promise<Look> {
  const service = await core.readNamespacedService({ name, namespace });
  const { items, metadata } = await core.listNamespacedEvent({
    namespace,
    fieldSelector: `involvedObject.uid=${service.metadata?.uid}`,
  });
  return { service, words: items.map(wordOf), version: BigInt(metadata?.resourceVersion ?? 0) };
}

/** What can be seen of a Service now, given how it looked before this update changed it. */
export function factsOf({ service, words }: Look, before: Look | undefined): Facts {
  return {
    uid: service.metadata?.uid,
    words,
    addressed: assignedAddress(service.status?.loadBalancer?.ingress?.[0]) !== undefined,
    change: changeOf(service, before),
    now: Date.now(),
  };
}

function changeOf(service: V1Service, before: Look | undefined): Change {
  if (before === undefined || before.service.metadata?.uid !== service.metadata?.uid) {
    return lastChange(service);
  }
  // A change of nothing that the controller acts on is not answered, but it moves the time of the last change.
  return liveDigest(before.service) === liveDigest(service)
    ? lastChange(before.service)
    : { ...lastChange(service), version: before.version, created: false };
}

function liveDigest({ metadata, spec }: V1Service): string {
  return digestOf(spec ?? {}, metadata?.annotations);
}

/** When anyone wrote the spec last. Controllers write the status, finalizers and annotations. */
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
