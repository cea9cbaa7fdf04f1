// A front whose ports and tags the configuration decides, or the same Service without a component.
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
} from "../../../../components/index.ts";

const config = new pulumi.Config();
const namespace = config.require("namespace");
const numbers = config.requireObject<number[]>("ports");
const label = config.get("label");

const web = new Backend("web", {
  namespace,
  image: "example/web:1",
  ports: [{ name: "http", containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/", port: "http" } },
  replicas: 0,
  entrances: [Entrance.LoadBalancer],
});
const labels = label === undefined ? {} : { example: label };
const key = (name: string) => `service.beta.kubernetes.io/aws-load-balancer-${name}`;

const front = config.requireBoolean("component")
  ? new LoadBalancerService("front", {
      cluster: { controller: LoadBalancerController.AwsCloudControllerNlb, allowPublic: true },
      target: web.target,
      exposure: Exposure.Public,
      sourceRanges: ["10.0.0.0/8"],
      ports: numbers.map((port) => ({ name: `p${port}`, port, targetPort: "http" })),
      tags: { tag: config.require("tag") },
      reconciledWithinSeconds: config.requireNumber("reconciledWithinSeconds"),
      reachableWithinSeconds: config.requireNumber("reachableWithinSeconds"),
      patches: { service: { metadata: { labels } } },
    })
  : undefined;
const plain =
  front === undefined
    ? new Service("plain", {
        metadata: {
          name: "front",
          namespace,
          labels,
          annotations: {
            [key("type")]: "nlb",
            [key("internal")]: "false",
            "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress[0]}",
          },
        },
        spec: {
          type: "LoadBalancer",
          selector: web.target.selector,
          loadBalancerSourceRanges: ["10.0.0.0/8"],
          ports: numbers.map((port) => ({ name: `p${port}`, port, targetPort: 8080 })),
        },
      })
    : undefined;

export const host =
  front?.address.host ?? plain?.status.loadBalancer.ingress.apply((it) => it[0]?.hostname);
