import {
  type KubeConfig,
  type KubernetesObject,
  type V1EndpointSlice,
  type V1Pod,
  Watch,
} from "@kubernetes/client-node";

/** What has happened to Pods and endpoints, with the time at which this process heard of it. */
export interface WatchLog {
  /** What happened around a moment, one line each, those before it first. */
  around(time: string, seconds: number): string[];
  stop(): void;
}

/** Begins to note what happens in a namespace. */
export async function startWatchLog(config: KubeConfig, namespace: string): Promise<WatchLog> {
  const notes: { readonly at: number; readonly text: string }[] = [];
  const note = (text: string) => notes.push({ at: Date.now(), text });
  const watch = async <T extends KubernetesObject>(path: string, tell: (object: T) => string) => {
    const heard = (type: string, object: T) => note(`${type} ${tell(object)}`);
    const ended = (error: unknown) => note(`the watch of ${path} has ended: ${error}`);
    return new Watch(config).watch(`${path.replace("NAMESPACE", namespace)}`, {}, heard, ended);
  };
  const watches = await Promise.all([
    watch("/api/v1/namespaces/NAMESPACE/pods", tellPod),
    watch("/apis/discovery.k8s.io/v1/namespaces/NAMESPACE/endpointslices", tellEndpoints),
  ]);
  return {
    around: (time, seconds) =>
      notes
        .filter(({ at }) => Math.abs(at - Date.parse(time)) <= seconds * 1000)
        .map(({ at, text }) => `${new Date(at).toISOString()} ${text}`),
    stop: () => {
      for (const it of watches) it.abort();
    },
  };
}

function tellPod({ metadata, spec, status }: V1Pod): string {
  const ready = status?.conditions?.find(({ type }) => type === "Ready")?.status;
  const ending = metadata?.deletionTimestamp ? ", to end" : "";
  return `Pod ${metadata?.name} ${status?.podIP} on ${spec?.nodeName}: ${status?.phase}, ready ${ready}${ending}`;
}

function tellEndpoints({ metadata, endpoints = [] }: V1EndpointSlice): string {
  const each = endpoints.map(({ addresses, conditions }) => {
    const { ready, serving, terminating } = conditions ?? {};
    return `${addresses[0]} ${ready ? "ready" : ""}${terminating ? "terminating" : ""}${serving ? "" : " not serving"}`;
  });
  return `endpoints of ${metadata?.name}: ${each.join(", ")}`;
}
