// A StatefulSet keeps its headless Service, which gives each Pod a name. In front of it stands an entrance whose target
// is stated by hand, and so is proved at `pulumi up`: Pods have the labels, declare the port and are ready.
import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { LoadBalancerController, NodePortService } from "pulumi-kubernetes-services";

const namespace = "orders-db";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };
const labels = { app: "orders-db" };
const port = { name: "postgres", containerPort: 5432 };

const headless = new Service(
  "orders-db",
  {
    metadata: { name: "orders-db", namespace },
    spec: { clusterIP: "None", selector: labels, ports: [{ name: port.name, port: 5432 }] },
  },
  opts,
);
const database = new StatefulSet(
  "orders-db",
  {
    metadata: { name: "orders-db", namespace },
    spec: {
      serviceName: headless.metadata.name,
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: "postgres",
              image: "example/postgres:17",
              ports: [port],
              readinessProbe: { tcpSocket: { port: port.name } },
            },
          ],
        },
      },
    },
  },
  opts,
);

const entrance = new NodePortService(
  "orders-db-dev",
  {
    cluster: { controller: LoadBalancerController.None, allowNodePort: true },
    target: { namespace, selector: labels, ports: [port], drainSeconds: 15 },
    ports: [{ port: 5432, targetPort: port.name }],
  },
  // Without this the proof would give the StatefulSet ten seconds to make its first Pod.
  { dependsOn: database },
);

/** The port that is open on every node. */
export const nodePort = entrance.nodePorts["postgres"];
