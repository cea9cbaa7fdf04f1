// A Deployment and two Services as somebody wrote them without this package, and the components that take them over.
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { Backend, NodePortService } from "../../../../components/index.ts";

const config = new pulumi.Config();
const namespace = "default";
const image = "example/web:1";

if (config.require("written") === "raw") {
  const labels = { app: config.get("selector") ?? "web" };
  // Without it the provider waits ten seconds for each Service.
  const annotations = { "pulumi.com/waitFor": "jsonpath={.spec.clusterIP}" };
  const port = { name: "http", port: 80, targetPort: 8080 };
  new Deployment("raw-deployment", {
    metadata: { name: "web", namespace },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "web", image }] } },
    },
  });
  new Service("raw-service", {
    metadata: { name: "web-service", namespace, annotations },
    spec: { selector: labels, ports: [port] },
  });
  new Service("raw-dev", {
    metadata: { name: "web-dev", namespace, annotations },
    spec: { type: "NodePort", selector: labels, ports: [{ ...port, nodePort: 30011 }] },
  });
} else {
  const adopted = config.get("written") === "adopted";
  const urn = (type: string, name: string) =>
    `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::kubernetes:${type}::${name}`;
  const adopt = {
    deploymentUrn: urn("apps/v1:Deployment", config.get("deployment") ?? "raw-deployment"),
    serviceUrn: urn("core/v1:Service", "raw-service"),
  };
  const formerName = config.get("formerName");
  const clusterIP = config.get("clusterIP");
  const { target } = new Backend(
    config.get("name") ?? "web",
    {
      namespace,
      image,
      app: config.get("selector") ?? "web",
      serviceName: "web-service",
      ports: [{ name: "http", containerPort: 8080, port: 80 }],
      readinessProbe: { httpGet: { path: "/", port: "http" } },
      entrances: ["NodePort"],
      ...(clusterIP === undefined ? {} : { patches: { service: { spec: { clusterIP } } } }),
      ...(adopted ? { adopt } : {}),
    },
    formerName === undefined ? {} : { aliases: [{ name: formerName }] },
  );
  if (config.getBoolean("entrance") ?? true) {
    new NodePortService("web-dev", {
      cluster: { controller: "None", allowNodePort: true },
      target,
      ports: [{ port: 80, targetPort: "http", nodePort: 30011 }],
      ...(adopted ? { adopt: { serviceUrn: urn("core/v1:Service", "raw-dev") } } : {}),
    });
  }
}
