import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Manifest, topology } from "../../testing/index.ts";
import { matchers } from "../../testing/matchers.ts";
import {
  exampleConfig,
  exampleNames,
  exampleOutputs,
  renderedExample,
} from "../shared/rendered-examples.ts";
import { checkout, manifest } from "./support/analyze.ts";

expect.extend(matchers);

/** What each program makes besides its Namespace, in the order of kinds. */
const MAKES: Readonly<Record<string, readonly string[]>> = {
  aks: ["Deployment", "Service"],
  "eks-auto-mode": ["Deployment", "Service"],
  "eks-load-balancer-controller": ["Deployment", "Service"],
  "four-workloads": [...Array(4).fill("Deployment"), "Service", "Service", "Service"],
  gke: ["Deployment", "Service"],
  "http-route": ["Deployment", "HTTPRoute", "Service"],
  ingress: ["Deployment", "Ingress", "Service"],
  "k3s-metallb": ["Deployment", "Service"],
  "stateful-set": ["Service", "Service", "StatefulSet"],
  "two-stacks/orders": ["Deployment", "Service"],
  "two-stacks/shop": ["Deployment", "Service"],
};
const KINDS = new Set(Object.values(MAKES).flat());
const folder = join(checkout, "examples");
const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");
const rendered = new Map<string, Manifest[]>();
const outputs = new Map<string, Record<string, unknown>>();
const of = (name: string, kind: string, named?: string) =>
  (rendered.get(name) ?? []).find(
    (it) => it.kind === kind && (named === undefined || it.metadata.name === named),
  ) as Manifest;

beforeAll(async () => {
  for (const name of exampleNames) {
    const made = await renderedExample(name);
    rendered.set(name, made.manifests);
    outputs.set(name, made.outputs);
  }
}, 60_000);

describe.each(exampleNames)("examples/%s", (name) => {
  test("makes what it is an example of", () => {
    const kinds = (rendered.get(name) ?? []).map(({ kind }) => kind);

    expect(kinds.filter((kind) => KINDS.has(kind)).sort()).toEqual(MAKES[name]);
  });

  test("can be copied: it has its own project, packages and compiler options", () => {
    const { dependencies } = JSON.parse(read(name, "package.json"));
    const { peerDependencies, version } = manifest;

    expect(dependencies).toMatchObject({
      "@pulumi/kubernetes": peerDependencies["@pulumi/kubernetes"],
      "@pulumi/pulumi": peerDependencies["@pulumi/pulumi"],
      "pulumi-kubernetes-services": `^${version}`,
    });
    expect(existsSync(join(folder, name, "tsconfig.json"))).toBe(true);
    expect(read(name, "index.ts")).not.toMatch(/from "\.\.?\//);
    expect(read("README.md")).toContain(`](${name}/index.ts)`);
  });

  test("states the settings that it reads", () => {
    const { config = {} } = parse(read(name, "Pulumi.yaml"));

    expect(Object.keys(config)).toEqual(Object.keys(exampleConfig[name] ?? {}));
  });
});

const callerIn = (namespace: string): Manifest => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "controller", namespace },
});

describe.each([
  ["ingress", "ingress-nginx"],
  ["http-route", "gateways"],
])("examples/%s", (name, from) => {
  test("lets in whom it routes by, and nobody else", () => {
    const manifests = rendered.get(name) ?? [];
    const to = of(name, "Deployment");

    expect(manifests).toAllowConnection({ from: callerIn(from), to, port: 8080 });
    expect(manifests).not.toAllowConnection({ from: callerIn("elsewhere"), to, port: 8080 });
    expect(of(name, "Service")).toExposePort(80, to);
    expect(topology(manifests)).toContain("  route1 --> service1\n");
  });
});

describe("backendRefs", () => {
  test("examples/ingress: lead to the Backend's Service", () => {
    expect(of("ingress", "Ingress")["spec"]).toMatchObject({
      rules: [
        { http: { paths: [{ backend: { service: { name: "shop", port: { number: 80 } } } }] } },
      ],
    });
  });

  test("examples/http-route: lead to the Backend's Service", () => {
    expect(of("http-route", "HTTPRoute")["spec"]).toMatchObject({
      rules: [{ backendRefs: [{ name: "shop", namespace: "http-route-example", port: 80 }] }],
    });
  });
});

describe("exposure", () => {
  test.each(["gke", "eks-load-balancer-controller"])("examples/%s: is public", (name) => {
    expect(of(name, "Service")).toBePublic();
  });

  test.each(["aks", "eks-auto-mode", "k3s-metallb", "two-stacks/orders"])(
    "examples/%s: is not public",
    (name) => {
      expect(of(name, "Service")).not.toBePublic();
    },
  );
});

describe("connections", () => {
  test("examples/four-workloads: let only the api and the worker reach Redis", () => {
    const manifests = rendered.get("four-workloads") ?? [];
    const workload = (name: string) => of("four-workloads", "Deployment", name);
    const to = workload("redis");

    for (const name of ["api", "worker"]) {
      expect(manifests).toAllowConnection({ from: workload(name), to, port: 6379 });
    }
    expect(manifests).not.toAllowConnection({ from: workload("web"), to, port: 6379 });
    expect(manifests).toAllowConnection({ from: workload("web"), to: workload("api"), port: 8080 });
  });

  test("examples/two-stacks: know each other by the exported target", async () => {
    const exported = outputs.get("two-stacks/orders");
    const [container] = Object(of("two-stacks/shop", "Deployment")["spec"]).template.spec
      .containers;

    expect(exported?.["target"]).toEqual(exampleOutputs["acme/two-stacks-orders/prod"].target);
    expect(container.env).toContainEqual({ name: "ORDERS_URL", value: "http://orders.orders.svc" });
  });

  test("examples/k3s-metallb: has both protocols on one port", () => {
    expect(of("k3s-metallb", "Service")["spec"]).toMatchObject({
      ports: [
        { port: 53, protocol: "UDP" },
        { port: 53, protocol: "TCP" },
      ],
    });
  });
});
