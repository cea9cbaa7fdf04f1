// A front end that may connect to nobody but a back end, a back end with a caller in another namespace, and a workload
// that says nothing of its callers. Beside them Pods that are nobody's.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Pod } from "@pulumi/kubernetes/core/v1/pod.js";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
} from "../../../../components/index.ts";
import { imageReferences } from "../../../../local/images/node-images.ts";
import { clientPod } from "../../client-pod.ts";

const [shop, ops] = ["policies-shop", "policies-ops"] as const;
const namespaces = [shop, ops].map((name) => new Namespace(name, { metadata: { name } }));
const opts = { dependsOn: namespaces };
const common = {
  namespace: shop,
  image: imageReferences.demo,
  replicas: 1,
  readinessProbe: { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 1 },
  resources: { requests: { cpu: "10m", memory: "16Mi" } },
};
const http = { name: "http", containerPort: 8080, port: 80 };

const back = new Backend(
  "back",
  {
    ...common,
    serviceName: "back",
    ports: [http, { name: "admin", containerPort: 9090, port: 9090 }],
    allowedCallers: [
      { namespace: ops, podLabels: { app: "operator" }, ports: ["http"] },
      { namespace: ops, podLabels: { app: "admin" }, ports: ["admin"] },
    ],
  },
  opts,
);
const front = new Backend(
  "front",
  {
    ...common,
    ports: [
      { name: "http", containerPort: 8080 },
      { name: "admin", containerPort: 9090 },
    ],
    entrances: [Entrance.NodePort, Entrance.LoadBalancer],
    connectsTo: { BACK: { target: back.target, port: "http" } },
    closeEgress: true,
  },
  opts,
);
new Backend("plain", { ...common, serviceName: "plain", ports: [http] }, opts);

for (const { app, name, namespace } of [
  { name: "stranger", namespace: shop, app: "stranger" },
  { name: "operator", namespace: ops, app: "operator" },
  { name: "admin", namespace: ops, app: "admin" },
  // Has the label of the back end's caller, in another namespace.
  { name: "double", namespace: ops, app: "front" },
]) {
  new Pod(name, clientPod(name, namespace, { app }), opts);
}

const cluster = {
  controller: LoadBalancerController.AwsCloudControllerNlb,
  allowPublic: true,
  allowNodePort: true,
};
const entrance = { cluster, target: front.target };
const dev = { ...entrance, ports: [{ port: 80, targetPort: "http", nodePort: 30_050 }] };
new NodePortService("dev", dev, opts);
const production = {
  ...entrance,
  exposure: Exposure.Public,
  sourceRanges: ["0.0.0.0/0"],
  ports: [{ port: 80, targetPort: "http" }],
};
new LoadBalancerService("production", production, opts);
