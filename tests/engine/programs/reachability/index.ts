// A front end that may connect to nobody but a back end in another namespace, and two Pods that may not connect to it.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Pod } from "@pulumi/kubernetes/core/v1/pod.js";
import { Backend, Entrance } from "../../../../components/index.ts";

const namespaces = ["front", "back", "other"].map(
  (it) => new Namespace(it, { metadata: { name: `reachability-${it}` } }),
);
const opts = { dependsOn: namespaces };
const common = {
  image: "example/web:1",
  replicas: 1,
  readinessProbe: { tcpSocket: { port: "http" } },
};

const backend = new Backend(
  "backend",
  {
    ...common,
    namespace: "reachability-back",
    ports: [
      { name: "http", containerPort: 8080, port: 80 },
      { name: "admin", containerPort: 9090, port: 9090 },
    ],
    allowedCallers: [],
  },
  opts,
);

new Backend(
  "frontend",
  {
    ...common,
    namespace: "reachability-front",
    ports: [{ name: "http", containerPort: 8080 }],
    entrances: [Entrance.LoadBalancer],
    connectsTo: { BACKEND: { target: backend.target, port: "http" } },
    closeEgress: true,
  },
  opts,
);

// One is the back end's neighbour, the other has the front end's label elsewhere.
for (const { app, namespace } of [
  { namespace: "reachability-back", app: "dev" },
  { namespace: "reachability-other", app: "frontend" },
]) {
  const metadata = { name: `${app}-pod`, namespace, labels: { app } };
  const spec = { containers: [{ name: "main", image: "example/dev:1" }] };
  new Pod(`${app}-pod`, { metadata, spec }, opts);
}
