import {
  AppsV1Api,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
} from "@kubernetes/client-node";
import { waitFor } from "../../local/wait.ts";

/** The namespace that is asked about. */
export const NAMESPACE = "shop";
/** The namespace whose page is of the size for which it is made. */
export const PAGE_NAMESPACE = "page";
/** A Service of {@link NAMESPACE} whose Pods crash. */
export const BROKEN = "app-199";
/** A Service of {@link NAMESPACE} that works. */
export const HEALTHY = "app-7";

const PODS_EACH = 10;

/** How many Services and Pods each namespace has. */
export const COUNTS = {
  [NAMESPACE]: { services: 200, pods: 2_000 },
  [PAGE_NAMESPACE]: { services: 50, pods: 500 },
} as const;

/** How long the Pods may take to become available. */
const LONGEST_SECONDS = 900;

/** Objects that are created at the same time. */
const AT_ONCE = 20;

/** Creates Deployments with their Services, and waits until the Pods of all but {@link BROKEN} are available. */
export async function createObjects(
  kubeconfig: string,
  report: (line: string) => void,
): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = KubernetesObjectApi.makeApiClient(config);
  const wanted = Object.entries(COUNTS).flatMap(([namespace, { services }]) =>
    Array.from({ length: services }, (_, index) => appObjects(`app-${index}`, namespace)),
  );
  for (const name of Object.keys(COUNTS)) {
    await api.create({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
  }
  const objects = wanted.flat();
  const worker = async () => {
    for (let it = objects.pop(); it !== undefined; it = objects.pop())
      await api.create(it as KubernetesObject);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await untilAvailable(config.makeApiClient(AppsV1Api), wanted.length - 1, report);
}

async function untilAvailable(
  api: AppsV1Api,
  wanted: number,
  report: (line: string) => void,
): Promise<void> {
  const areAvailable = async () => {
    const { items } = await api.listDeploymentForAllNamespaces();
    const done = items.filter(({ status }) => status?.availableReplicas === PODS_EACH).length;
    report(`${done} of ${wanted} Deployments are available`);
    return done >= wanted;
  };
  await waitFor(areAvailable, { awaited: "the Deployments", timeoutSeconds: LONGEST_SECONDS });
}

function appObjects(name: string, namespace: string): readonly object[] {
  const labels = { app: name };
  const metadata = { name, namespace };
  const fails = name === BROKEN && namespace === NAMESPACE;
  const annotations = fails ? { "simulated.node/failure": "CrashLoopBackOff" } : {};
  const ports = [{ name: "http", containerPort: 8080 }];
  const containers = [{ name: "web", image: "example/web:1", ports }];
  const template = {
    metadata: { labels, annotations },
    spec: { terminationGracePeriodSeconds: 0, containers },
  };
  const selector = { matchLabels: labels };
  const port = { name: "http", port: 80, targetPort: "http" };
  return [
    { apiVersion: "v1", kind: "Service", metadata, spec: { selector: labels, ports: [port] } },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: { replicas: PODS_EACH, selector, template },
    },
  ];
}
