import type { EndpointSlice, Pod } from "../state/cluster-state.ts";

/** A container of a Pod. */
export type Container = NonNullable<NonNullable<Pod["spec"]>["containers"]>[number];
/** The status of a container. */
export type ContainerStatus = NonNullable<NonNullable<Pod["status"]>["containerStatuses"]>[number];
/** A port that a container declares. */
export type ContainerPort = NonNullable<Container["ports"]>[number];

/** The condition of a type. */
export const conditionOf = <C extends { readonly type?: string | undefined }>(
  conditions: readonly C[] | undefined,
  type: string,
): C | undefined => conditions?.find((it) => it.type === type);

/** Whether a Pod passes its readiness checks. */
export const isReady = ({ status }: Pod): boolean =>
  conditionOf(status?.conditions, "Ready")?.status === "True";

/** Whether a Pod has ended for good, such as the Pod of a Job. */
export const isFinished = ({ status }: Pod): boolean =>
  status?.phase === "Succeeded" || status?.phase === "Failed";

/** Whether a Pod is being deleted. */
export const isTerminating = ({ metadata }: Pod): boolean =>
  metadata?.deletionTimestamp !== undefined;

/** The containers that run while the Pod runs: those of the Pod and native sidecars. */
export const containersOf = ({ spec }: Pod): readonly Container[] => [
  ...(spec?.containers ?? []),
  ...(spec?.initContainers ?? []).filter((it) => it.restartPolicy === "Always"),
];

/** The statuses of the containers that run while the Pod runs. */
export function statusesOf(pod: Pod): readonly ContainerStatus[] {
  const names = new Set(containersOf(pod).map(({ name }) => name));
  const sidecars = (pod.status?.initContainerStatuses ?? []).filter(({ name }) => names.has(name));
  return [...(pod.status?.containerStatuses ?? []), ...sidecars];
}

/** How a container ended last. */
export const endOf = ({ lastState, state }: ContainerStatus) =>
  state?.terminated ?? lastState?.terminated;

/** The container that does not run, or that ended before. */
export const crashed = (pod: Pod): ContainerStatus | undefined =>
  statusesOf(pod).find(
    (it) =>
      it.ready !== true &&
      (it.state?.waiting?.reason === "CrashLoopBackOff" ||
        it.state?.terminated !== undefined ||
        ((it.restartCount ?? 0) > 0 && it.lastState?.terminated !== undefined)),
  );

/** The ports that the containers of a Pod declare. */
export const declaredPorts = (pod: Pod): readonly ContainerPort[] =>
  containersOf(pod).flatMap(({ ports = [] }) => ports);

/** The protocol of a port, TCP unless it says otherwise. */
export const protocolOf = (port: { readonly protocol?: string | undefined }): string =>
  port.protocol ?? "TCP";

/** What made a Pod, such as `Deployment web`: a ReplicaSet stands for the Deployment whose hash its name ends with. */
export function ownerOf({ metadata }: Pod): string {
  const owners = metadata?.ownerReferences ?? [];
  const owner = owners.find(({ controller }) => controller === true) ?? owners[0];
  if (owner === undefined) return `Pod ${metadata?.name ?? "?"}`;
  const hash = metadata?.labels?.["pod-template-hash"];
  const { kind = "?", name = "?" } = owner;
  return kind === "ReplicaSet" && hash !== undefined && name.endsWith(`-${hash}`)
    ? `Deployment ${name.slice(0, -hash.length - 1)}`
    : `${kind} ${name}`;
}

/** An endpoint with the ports and the family of its slice. */
export type Endpoint = NonNullable<EndpointSlice["endpoints"]>[number] & {
  readonly ports: NonNullable<EndpointSlice["ports"]>;
  readonly addressType: string | undefined;
};

/** The endpoints of slices. */
export const endpointsOf = (slices: readonly EndpointSlice[]): readonly Endpoint[] =>
  slices.flatMap(({ addressType, endpoints = [], ports = [] }) =>
    endpoints.map((it) => ({ ...it, addressType, ports })),
  );

/**
 * Whether an endpoint is ready. A missing condition counts as true, as the API says:
 * https://kubernetes.io/docs/reference/kubernetes-api/discovery/endpoint-slice-v1/
 */
export const endpointIsReady = ({ conditions }: Endpoint): boolean => conditions?.ready ?? true;
