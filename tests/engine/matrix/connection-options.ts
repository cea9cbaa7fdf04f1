import { Entrance } from "../../../components/index.ts";
import type { Option } from "./option.ts";

const entrances = [Entrance.NodePort, Entrance.LoadBalancer];
const patches = { service: { metadata: { annotations: { "example.com/owner": "web" } } } };

/** Whom Pods connect to, and what their entrances can be. */
export const connectionOptions: readonly Option[] = [
  { name: "connected", callee: { replicas: 1 }, backend: { closeEgress: true } },
  // No policy limits who may connect to it.
  { name: "connected-to-open", callee: { replicas: 2, networkPolicy: false } },
  {
    name: "connected-elsewhere",
    backend: {
      connectsTo: {
        LEDGER: {
          target: {
            namespace: "elsewhere",
            selector: { "app.kubernetes.io/name": "ledger" },
            ports: [{ name: "grpc", containerPort: 9090, port: 90, appProtocol: "grpc" }],
            drainSeconds: 5,
            serviceName: "ledger",
          },
          port: "grpc",
        },
      },
    },
  },
  {
    name: "both-entrances",
    backend: { entrances },
    nodePortService: { serviceName: "dev-entrance" },
    loadBalancerService: { serviceName: "production-entrance" },
  },
  {
    name: "entrance-patches",
    backend: { entrances },
    nodePortService: { patches },
    loadBalancerService: { patches },
  },
  {
    name: "ready-within",
    backend: { entrances, readyWithinSeconds: 240 },
    nodePortService: { targetReadyWithinSeconds: 30 },
    loadBalancerService: { reconciledWithinSeconds: 0, targetReadyWithinSeconds: 0 },
  },
];
