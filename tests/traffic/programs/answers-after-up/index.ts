// A front end behind a node port and a load balancer, with a back end, all in a namespace of the stack's name.
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import * as pulumi from "@pulumi/pulumi";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
  NodePortService,
} from "../../../../components/index.ts";

const config = new pulumi.Config();
const namespace = pulumi.getStack();
const image = config.require("image");
const opts = { dependsOn: new Namespace("namespace", { metadata: { name: namespace } }) };

if (config.getBoolean("plain")) plain();
else withComponents();

function withComponents(): void {
  const asksApplication = config.getBoolean("asksApplication") ?? true;
  const common = {
    namespace,
    image,
    env: { START_SECONDS: String(config.getNumber("startSeconds") ?? 0) },
    ports: [
      { name: "http", containerPort: 8080, port: 80 },
      // There before the application is.
      { name: "lines", containerPort: 9090 },
    ],
    readinessProbe: {
      ...(asksApplication
        ? { httpGet: { path: "/readyz", port: "http" } }
        : { tcpSocket: { port: "lines" } }),
      periodSeconds: 1,
    },
    resources: { requests: { cpu: "10m", memory: "16Mi" } },
    allowedCallers: [{}, { namespace: "asker" }],
  };
  const back = new Backend("back", { ...common, serviceName: "back", replicas: 1 }, opts);
  const { target } = new Backend(
    "front",
    {
      ...common,
      serviceName: "front",
      entrances: [Entrance.NodePort, Entrance.LoadBalancer],
      connectsTo: { BACK: { target: back.target, port: "http" } },
    },
    opts,
  );
  const entrance = {
    target,
    cluster: {
      controller: LoadBalancerController.AwsCloudControllerNlb,
      allowPublic: true,
      allowNodePort: true,
    },
  };
  const nodePort = config.requireNumber("nodePort");
  const dev = { ...entrance, ports: [{ port: 80, targetPort: "http", nodePort }] };
  new NodePortService("dev", dev, opts);
  const production = {
    ...entrance,
    exposure: Exposure.Public,
    sourceRanges: ["0.0.0.0/0"],
    ports: [{ port: 80, targetPort: "http" }],
  };
  new LoadBalancerService("production", production, opts);
}

/** The same workloads without the library: Pulumi's provider alone waits for them, or nobody does. */
function plain(): void {
  const annotations = { "pulumi.com/skipAwait": String(config.getBoolean("skipAwait") ?? false) };
  for (const app of ["front", "back"]) {
    const httpGet = { path: "/readyz", port: 8080 };
    const container = { name: app, image, readinessProbe: { httpGet, periodSeconds: 1 } };
    const securityContext = { runAsNonRoot: true };
    const spec = {
      replicas: 2,
      minReadySeconds: config.getNumber("minReadySeconds") ?? 0,
      selector: { matchLabels: { app } },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      template: {
        metadata: { labels: { app } },
        spec: { securityContext, terminationGracePeriodSeconds: 5, containers: [container] },
      },
    };
    new Deployment(app, { metadata: { name: app, namespace, annotations }, spec }, opts);
  }
}
