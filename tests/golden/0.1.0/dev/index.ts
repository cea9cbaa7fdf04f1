// The dev stack of release 0.1.0. Kept as it was; only the components are those of now.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
  pinCluster,
} from "../../../../components/index.ts";

const namespace = "golden-dev";
const context = "pulumi-kubernetes-services-local";
const provider = new Provider("cluster", { kubeconfig: "", context });
const pin = pinCluster("cluster-pin", { provider });
const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
const shop = new Namespace(
  "namespace",
  { metadata: { name: namespace, labels } },
  { provider, dependsOn: pin },
);
const opts = { provider, dependsOn: shop };
const cluster = {
  controller: LoadBalancerController.AwsCloudControllerNlb,
  allowPublic: true,
  allowNodePort: true,
};
const image = "example/web:1";
const probes = {
  readinessProbe: { httpGet: { path: "/", port: "http" } },
  livenessProbe: { tcpSocket: { port: "http" } },
};

new Backend(
  "my-backend",
  {
    namespace,
    serviceName: "my-backend-service",
    image,
    replicas: 2,
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    ...probes,
  },
  opts,
);
const { target } = new Backend(
  "my-frontend",
  {
    namespace,
    image,
    replicas: 2,
    ports: [{ name: "http", containerPort: 8080 }],
    entrances: [Entrance.NodePort, Entrance.LoadBalancer],
    ...probes,
  },
  opts,
);
new NodePortService(
  "my-dev-service",
  { cluster, target, ports: [{ port: 80, targetPort: "http", nodePort: 30017 }] },
  opts,
);
new LoadBalancerService(
  "my-production-service",
  {
    cluster,
    target,
    exposure: Exposure.Public,
    sourceRanges: ["0.0.0.0/0"],
    ports: [{ port: 80, targetPort: "http" }],
  },
  opts,
);
