// The stack whose Backend another stack's connects to. It lists whom it lets in.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Backend } from "../../../../components/index.ts";

const namespace = "callee";
const api = new Backend(
  "api",
  {
    namespace,
    serviceName: "api-service",
    image: "example/api:1",
    replicas: 1,
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { tcpSocket: { port: "http" } },
    allowedCallers: [{ namespace: "caller", podLabels: { app: "web" } }],
  },
  { dependsOn: new Namespace("namespace", { metadata: { name: namespace } }) },
);

export const target = api.target;
