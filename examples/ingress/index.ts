// A Backend behind an Ingress: the controller ends TLS, and its Pods are the only ones that may connect.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress.js";
import type * as pulumi from "@pulumi/pulumi";
import { Backend, type BackendRef } from "pulumi-kubernetes-services";

const namespace = "ingress-example";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };

const shop = new Backend(
  "shop",
  {
    namespace,
    image:
      "registry.example/shop:1.4.2@sha256:4b5e57f6eb2f42b9039b3d1e13929295f231749c510cbe341cd68036d9af97e2",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    allowedCallers: [{ namespace: "ingress-nginx" }],
  },
  opts,
);

const { name, port } = shop.backendRefs["http"] as pulumi.Output<BackendRef>;
const service = { name, port: { number: port } };
const ingress = new Ingress(
  "shop",
  {
    metadata: { name: "shop", namespace },
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: ["shop.example"], secretName: "shop-certificate" }],
      rules: [
        {
          host: "shop.example",
          http: { paths: [{ path: "/", pathType: "Prefix", backend: { service } }] },
        },
      ],
    },
  },
  opts,
);

/** Where the Ingress's controller answers. */
export const addresses = ingress.status.loadBalancer.ingress;
