// EKS with the AWS Load Balancer Controller: a public load balancer that ends TLS, under a name in Route 53.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Config } from "@pulumi/pulumi";
import {
  Backend,
  Entrance,
  Exposure,
  LoadBalancerController,
  LoadBalancerService,
} from "pulumi-kubernetes-services";
import { DnsRecords, RecordTarget, ValidatedCertificate } from "pulumi-kubernetes-services/aws";

const config = new Config();
const zone = { zoneId: config.require("zoneId"), zoneName: config.require("zoneName") };
const namespace = "shop";
const created = new Namespace("namespace", { metadata: { name: namespace } });
const opts = { dependsOn: created };

const certificate = new ValidatedCertificate("shop", { ...zone, domainNames: [zone.zoneName] });

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
    cluster: { controller: LoadBalancerController.AwsLoadBalancerController, allowPublic: true },
    target: web.target,
    exposure: Exposure.Public,
    sourceRanges: ["0.0.0.0/0"],
    ports: [{ port: 443, targetPort: "http" }],
    certificates: [certificate.certificateArn],
  },
  opts,
);

const records = new DnsRecords("shop", {
  ...zone,
  domainName: zone.zoneName,
  targetKind: RecordTarget.NetworkLoadBalancer,
  address: front.address,
});

/** Where the application answers. */
export const url = records.domainName.apply((name) => `https://${name}`);
