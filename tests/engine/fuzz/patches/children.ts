import { Entrance, Exposure, LoadBalancerController } from "../../../../components/index.ts";
import type { Manifest } from "../../../../testing/index.ts";
import { type ComponentName, render } from "../render.ts";

/** An object of a component that patches change. */
export interface Child {
  readonly component: ComponentName;
  /** The patch's name. */
  readonly patch: string;
  /** What it is by the API's document. */
  readonly definition: string;
  /** Its name. */
  readonly name: string;
}

const ofBackend = (patch: string, definition: string, name = "web"): Child => ({
  component: "Backend",
  patch,
  definition,
  name,
});

/** All objects that patches change. No patch reaches those beside them, such as the policies of connections. */
export const children: readonly Child[] = [
  ofBackend("deployment", "Deployment"),
  ofBackend("service", "Service"),
  ofBackend("headlessService", "Service", "web-headless"),
  ofBackend("serviceAccount", "ServiceAccount"),
  ofBackend("secret", "Secret"),
  ofBackend("networkPolicy", "NetworkPolicy"),
  ofBackend("podDisruptionBudget", "PodDisruptionBudget"),
  ofBackend("horizontalPodAutoscaler", "HorizontalPodAutoscaler"),
  { component: "NodePortService", patch: "service", definition: "Service", name: "web" },
  { component: "LoadBalancerService", patch: "service", definition: "Service", name: "web" },
];

const http = { name: "http", containerPort: 8080 };
const entrance = {
  target: { namespace: "shop", selector: { app: "shop" }, ports: [http], drainSeconds: 60 },
  cluster: {
    controller: LoadBalancerController.AwsLoadBalancerController,
    allowNodePort: true,
  },
  ports: [{ port: 80, targetPort: "http" }],
};

/** Arguments of which all those objects come. */
const ARGS: Readonly<Record<ComponentName, object>> = {
  Backend: {
    namespace: "shop",
    image: "registry.example/shop:1.0.0",
    ports: [{ ...http, port: 80 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    headlessServiceName: "web-headless",
    env: { A: "1" },
    secretEnv: { PASSWORD: "1" },
    volumes: [{ name: "files", mountPath: "/files", configMapName: "files" }],
    autoscaling: { minReplicas: 2, maxReplicas: 5 },
    entrances: [Entrance.NodePort],
  },
  NodePortService: entrance,
  LoadBalancerService: { ...entrance, exposure: Exposure.Internal },
};

/** The object with a patch, or without. */
export async function childOf({ component, definition, name, patch }: Child, change?: object) {
  const patches = change === undefined ? {} : { patches: { [patch]: change } };
  const manifests = await render(component, {
    name: "web",
    args: { ...ARGS[component], ...patches },
  });
  const found = manifests.find((it) => it.kind === definition && it.metadata.name === name);
  if (found === undefined) throw new Error(`${component} has no ${definition} ${name}`);
  return found as Manifest;
}
