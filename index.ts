import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import * as components from "./components/index.ts";
import { readStackConfig } from "./config.ts";

const { Backend, Entrance, Exposure, LoadBalancerService, NodePortService } = components;
const config = readStackConfig();
const { image, namespace, readinessPath, replicas } = config;

const expected = config.clusterUid === undefined ? {} : { clusterUid: config.clusterUid };
const provider = components.pinnedProvider("cluster", { context: config.context, ...expected });
const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
const metadata = { name: namespace, labels };
const shop = new Namespace("namespace", { metadata }, { provider });
const opts = { provider, dependsOn: shop };

const cluster = {
  controller: config.controller,
  allowPublic: config.frontService,
  allowNodePort: config.nodePortService,
};
const common = {
  namespace,
  image,
  replicas,
  readinessProbe: { httpGet: { path: readinessPath, port: "http" } },
  livenessProbe: { tcpSocket: { port: "http" } },
};

const ports = [{ name: "http", containerPort: 8080, port: 80 }];
const serviceName = "my-backend-service";
const backend = new Backend("my-backend", { ...common, serviceName, ports }, opts);

const frontend = {
  ...common,
  ports: [{ name: "http", containerPort: 8080 }],
  connectsTo: { MY_BACKEND: { target: backend.target, port: "http" } },
  entrances: [
    ...(config.nodePortService ? [Entrance.NodePort] : []),
    ...(config.frontService ? [Entrance.LoadBalancer] : []),
  ],
};
const { target } = new Backend("my-frontend", frontend, opts);

const dev = { cluster, target, ports: [{ port: 80, targetPort: "http", nodePort: 30007 }] };
const devService = config.nodePortService && new NodePortService("my-dev-service", dev, opts);

const production = {
  cluster,
  target,
  exposure: Exposure.Public,
  sourceRanges: config.sourceRanges,
  ports: [{ port: 80, targetPort: "http" }],
};
const front =
  config.frontService && new LoadBalancerService("my-production-service", production, opts);

/** Where the back end answers, inside the cluster. */
export const backendUrl = backend.urls["http"];
/** The port that is open on every node; undefined where there is no dev entrance. */
export const nodePort = devService ? devService.nodePorts["http"] : undefined;
/** Host and kind of the load balancer's address; undefined where there is no production entrance. */
export const frontAddress = front ? front.address : undefined;
/** Where the front end answers, outside the cluster; undefined where there is no production entrance. */
export const frontUrl = front ? front.urls["http"] : undefined;
