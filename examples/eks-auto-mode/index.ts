// EKS Auto Mode: an internal load balancer for gRPC, which keeps idle connections for an hour.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
} from "pulumi-kubernetes-services";

const namespace = "payments";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };

const payments = new Backend(
  "payments",
  {
    namespace,
    image: "registry.example/payments:2.1.0",
    ports: [{ name: "grpc", containerPort: 9090, appProtocol: "kubernetes.io/h2c" }],
    readinessProbe: { grpc: { port: "grpc" } },
    entrances: [Entrance.LoadBalancer],
  },
  opts,
);

const front = new LoadBalancerService(
  "payments-internal",
  {
    cluster: { controller: LoadBalancerController.EksAutoMode },
    target: payments.target,
    exposure: Exposure.Internal,
    ports: [{ port: 9090, targetPort: "grpc" }],
    idleTimeoutSeconds: 3600,
  },
  opts,
);

/** Where clients in the network connect. */
export const host = front.address.host;
