import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import {
  Backend,
  type ClusterArgs,
  Entrance,
  Exposure,
  LoadBalancerService,
  NodePortService,
  pinCluster,
} from "./components/index.ts";
import { readStackConfig } from "./config.ts";

const config = readStackConfig();
const { image, replicas } = config;

// no path in the state: kubeconfigs lie elsewhere on every machine, and the pin knows the cluster itself
const provider = new Provider("cluster", { kubeconfig: "", context: config.context });
const pin = pinCluster("cluster-pin", { provider });
const shop = new Namespace(
  "namespace",
  {
    metadata: {
      name: config.namespace,
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    },
  },
  { provider, dependsOn: pin },
);
const opts = { provider, dependsOn: shop };
const namespace = config.namespace;

const cluster: ClusterArgs = {
  controller: config.controller,
  allowPublic: config.frontService,
  allowNodePort: config.nodePortService,
};
const readinessProbe = { httpGet: { path: "/", port: "http" } };
const livenessProbe = { tcpSocket: { port: "http" } };

const backend = new Backend(
  "my-backend",
  {
    namespace,
    serviceName: "my-backend-service",
    image,
    replicas,
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe,
    livenessProbe,
  },
  opts,
);

const entrances = [
  ...(config.nodePortService ? [Entrance.NodePort] : []),
  ...(config.frontService ? [Entrance.LoadBalancer] : []),
];
const { target } = new Backend(
  "my-frontend",
  {
    namespace,
    image,
    replicas,
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe,
    livenessProbe,
    entrances,
  },
  opts,
);

/** Where the back end answers, inside the cluster. */
export const backendUrl = backend.urls["http"];
/** The port that is open on every node; undefined where there is no dev entrance. */
export const nodePort = config.nodePortService
  ? new NodePortService(
      "my-dev-service",
      { cluster, target, ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] },
      opts,
    ).nodePorts["http"]
  : undefined;

const front = config.frontService
  ? new LoadBalancerService(
      "my-production-service",
      {
        cluster,
        target,
        exposure: Exposure.Public,
        sourceRanges: config.sourceRanges,
        ports: [{ port: 80, targetPort: "http" }],
      },
      opts,
    )
  : undefined;
/** Host and kind of the load balancer's address; undefined where there is no production entrance. */
export const frontAddress = front?.address;
/** Where the front end answers, outside the cluster; undefined where there is no production entrance. */
export const frontUrl = front?.urls["http"];
