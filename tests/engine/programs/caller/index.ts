// A Backend that connects to another stack's, of which it knows what that stack exports.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import * as pulumi from "@pulumi/pulumi";
import { Backend } from "../../../../components/index.ts";

const namespace = "caller";
const callee = new pulumi.StackReference("organization/callee/dev");

new Backend(
  "web",
  {
    namespace,
    image: "example/web:1",
    replicas: 1,
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { tcpSocket: { port: "http" } },
    connectsTo: { API: { target: callee.requireOutput("target"), port: "http" } },
    closeEgress: true,
  },
  { dependsOn: new Namespace("namespace", { metadata: { name: namespace } }) },
);
