import { CoreV1Api, KubeConfig, type V1Service } from "@kubernetes/client-node";

/** Returns a function that asks the API server for the TCP node ports of all Services of type NodePort. */
export function nodePortReader(kubeconfig: string): () => Promise<number[]> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  return async () => nodePortsOf((await api.listServiceForAllNamespaces()).items);
}

/** The TCP node ports of the Services of type NodePort, in ascending order. */
export function nodePortsOf(services: readonly V1Service[]): number[] {
  return services
    .filter(({ spec }) => spec?.type === "NodePort")
    .flatMap(({ spec }) => spec?.ports ?? [])
    .filter(({ protocol }) => (protocol ?? "TCP") === "TCP")
    .flatMap(({ nodePort }) => (nodePort === undefined ? [] : [nodePort]))
    .sort((a, b) => a - b);
}
