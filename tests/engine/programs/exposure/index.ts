// A front whose exposure the configuration decides, so that a test can move it.
import * as pulumi from "@pulumi/pulumi";
import {
  Backend,
  Entrance,
  type Exposure,
  LoadBalancerController,
  LoadBalancerService,
} from "../../../../components/index.ts";

const config = new pulumi.Config();

const web = new Backend("exposure-web", {
  namespace: "default",
  image: "example/web:1",
  ports: [{ name: "http", containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/", port: "http" } },
  replicas: 0,
  entrances: [Entrance.LoadBalancer],
});
const front = new LoadBalancerService("exposure-front", {
  cluster: { controller: LoadBalancerController.AwsCloudControllerNlb, allowPublic: true },
  target: web.target,
  exposure: config.require<Exposure>("exposure"),
  sourceRanges: ["10.0.0.0/8"],
  ports: [{ port: 80, targetPort: "http" }],
});

export const address = front.address;
