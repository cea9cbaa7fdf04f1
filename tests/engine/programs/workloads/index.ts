// The Backends of the configuration.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import * as pulumi from "@pulumi/pulumi";
import { Backend, type BackendArgs } from "../../../../components/index.ts";

const config = new pulumi.Config();
const namespace = config.require("namespace");
const backends = config.requireObject<Record<string, Partial<BackendArgs>>>("backends");
const opts = { dependsOn: new Namespace("namespace", { metadata: { name: namespace } }) };

for (const [name, args] of Object.entries(backends)) {
  const least = {
    namespace,
    image: "example/web:1",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { tcpSocket: { port: "http" } },
  };
  new Backend(name, { ...least, ...args }, opts);
}
