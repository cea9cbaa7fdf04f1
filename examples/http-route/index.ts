// A Backend behind an HTTPRoute of the Gateway API, whose gateway another team runs in a namespace of its own.
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Backend } from "pulumi-kubernetes-services";

const namespace = "http-route-example";
const gateways = "gateways";
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
    allowedCallers: [{ namespace: gateways }],
  },
  opts,
);

new CustomResource(
  "shop",
  {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name: "shop", namespace },
    spec: {
      parentRefs: [{ name: "public", namespace: gateways }],
      hostnames: ["shop.example"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [shop.backendRefs["http"]],
        },
      ],
    },
  },
  opts,
);
