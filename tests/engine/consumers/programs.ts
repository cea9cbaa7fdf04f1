import { NAME } from "./consumer.ts";

/** A program of a consumer, for every kind of project. */
export const program = `
import * as k8s from "@pulumi/kubernetes";
import { Backend, Entrance, Exposure, LoadBalancerController, LoadBalancerService } from "${NAME}";
import { Backend as SameBackend } from "${NAME}/components";

const shop = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } });
const web: SameBackend = new Backend("web", {
  namespace: "shop",
  image: "registry.example/web:1.0.0",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  entrances: [Entrance.LoadBalancer],
}, { dependsOn: [shop] });
const front = new LoadBalancerService("front", {
  cluster: { controller: LoadBalancerController.AwsCloudControllerNlb, allowPublic: true },
  target: web.target,
  exposure: Exposure.Public,
  sourceRanges: ["0.0.0.0/0"],
  ports: [{ port: 80, targetPort: "http" }],
});
export const url = front.urls.apply((it) => it["http"]);
`;

/** The other entries of the package, which need peers that not every consumer has. */
export const entries = `
import { ElasticIps } from "${NAME}/aws";
import { renderProgram } from "${NAME}/testing";
import { matchers } from "${NAME}/testing/matchers";
export const used: unknown[] = [ElasticIps, renderProgram, matchers];
`;

/** A program without types, in CommonJS. */
export const javascript = `
const { Backend } = require("${NAME}");
const { target } = new Backend("web", {
  namespace: "shop",
  image: "registry.example/web:1.0.0",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
});
exports.target = target.selector;
`;

/** A test of a consumer for Vitest. */
export const vitestTest = `
import { Backend } from "${NAME}";
import { renderProgram } from "${NAME}/testing";
import { matchers } from "${NAME}/testing/matchers";
import { expect, test } from "vitest";

expect.extend(matchers);

test("Backend", async () => {
  const program = () => {
    new Backend("web", {
      namespace: "shop",
      image: "registry.example/web:1.0.0",
      ports: [{ name: "http", containerPort: 8080, port: 80 }],
      readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    });
  };
  const { manifests } = await renderProgram(program, { project: "shop", stack: "dev" });
  const find = (kind) => manifests.find((it) => it.kind === kind);

  expect(find("Service")).toSelect(find("Deployment"));
  expect(find("Service")).not.toBePublic();
});
`;
