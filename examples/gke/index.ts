// GKE: a public load balancer at a reserved address: `gcloud compute addresses create shop --region REGION`.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
} from "pulumi-kubernetes-services";

const namespace = "shop";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };

const web = new Backend(
  "web",
  {
    namespace,
    image: "registry.example/web:1.4.2",
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    entrances: [Entrance.LoadBalancer],
  },
  opts,
);

const front = new LoadBalancerService(
  "front",
  {
    cluster: { controller: LoadBalancerController.GoogleCloud, allowPublic: true },
    target: web.target,
    exposure: Exposure.Public,
    sourceRanges: ["0.0.0.0/0"],
    staticAddresses: ["shop"],
    ports: [{ port: 80, targetPort: "http" }],
  },
  opts,
);

/** Where the application answers. */
export const url = front.urls["http"];
