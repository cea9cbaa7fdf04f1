// A Backend with a number of Pods or an autoscaler, one that begins with an autoscaler, and a plain Deployment beside them.
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import * as pulumi from "@pulumi/pulumi";
import { type AutoscalingArgs, Backend, type BackendArgs } from "../../../../components/index.ts";

const config = new pulumi.Config();
const namespace = "default";
const env = { RELEASE: config.require("release") };
const replicas = config.getNumber("replicas");
const autoscaling = config.getObject<AutoscalingArgs>("autoscaling");
const annotations = config.getBoolean("force") ? { "pulumi.com/patchForce": "true" } : {};

const args: BackendArgs = {
  namespace,
  image: "example/web:1",
  ports: [{ name: "http", containerPort: 8080 }],
  readinessProbe: { tcpSocket: { port: "http" } },
  env,
};

new Backend("scaled", {
  ...args,
  ...(replicas === undefined ? {} : { replicas }),
  ...(autoscaling === undefined ? {} : { autoscaling }),
  patches: { deployment: { metadata: { annotations } } },
});

if (config.getBoolean("fresh")) {
  new Backend("fresh", { ...args, autoscaling: { minReplicas: 3, maxReplicas: 10 } });
}

const plainReplicas = config.getNumber("plainReplicas");
const labels = { app: "plain" };
const container = {
  name: "web",
  image: "example/web:1",
  env: [{ name: "RELEASE", value: config.require("plainRelease") }],
};
new Deployment("plain", {
  metadata: { name: "plain", namespace },
  spec: {
    ...(plainReplicas === undefined ? {} : { replicas: plainReplicas }),
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container] } },
  },
});
