import { join } from "node:path";
import {
  ApiextensionsV1Api,
  CustomObjectsApi,
  NetworkingV1Api,
  type V1CustomResourceDefinition,
  type V1JSONSchemaProps,
} from "@kubernetes/client-node";
import { afterAll, describe, expect, test } from "vitest";
import { checkout } from "../../local/paths.ts";
import { waitFor } from "../../local/wait.ts";
import { config, discovery, exampleEnvironment, pulumi } from "./rig.ts";

const stack = ["--stack", "dev"];
const example = (name: string) => join(checkout, "examples", name);

async function up(cwd: string) {
  await pulumi(["stack", "init", "dev", "--no-select"], { cwd });
  return pulumi(["up", "--yes", "--skip-preview", ...stack], { cwd, env: exampleEnvironment });
}

async function readyEndpoints(namespace: string): Promise<number> {
  const labelSelector = "kubernetes.io/service-name=shop";
  const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
  const endpoints = items.flatMap((slice) => slice.endpoints ?? []);
  return endpoints.filter(({ conditions }) => conditions?.ready).length;
}

const destroy = (cwd: string) =>
  pulumi(["destroy", "--yes", "--skip-preview", ...stack], { cwd, env: exampleEnvironment });

describe("examples/ingress", () => {
  const networking = config.makeApiClient(NetworkingV1Api);
  const ingress = { name: "shop", namespace: "ingress-example" };
  afterAll(async () => {
    await destroy(example("ingress"));
  });

  /** What the controller does once it has set the Ingress up; there is none on this cluster. */
  async function assignAddress() {
    const found = await waitFor(() => networking.readNamespacedIngress(ingress), {
      awaited: "the Ingress of the example",
      timeoutSeconds: 60,
    });
    const status = { loadBalancer: { ingress: [{ ip: "203.0.113.7" }] } };
    await networking.replaceNamespacedIngressStatus({ ...ingress, body: { ...found, status } });
  }

  test("leads to the Backend's Service and its ready Pods when it is deployed", async () => {
    const [{ exitCode, output }] = await Promise.all([up(example("ingress")), assignAddress()]);

    expect(exitCode, output).toBe(0);
    const { spec } = await networking.readNamespacedIngress(ingress);
    expect(spec?.rules?.[0]?.http?.paths[0]?.backend.service).toEqual({
      name: "shop",
      port: { number: 80 },
    });
    expect(await readyEndpoints(ingress.namespace)).toBe(2);
  });
});

/**
 * The fields of an HTTPRoute that the example uses, as the Gateway API defines them. It is no copy of its definition: what
 * else that demands is not shown here.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproute
 */
function httpRoutes(): V1CustomResourceDefinition {
  const text = { type: "string" };
  const object = (properties: Record<string, V1JSONSchemaProps>, required: string[] = []) => ({
    type: "object",
    properties,
    required,
  });
  const list = (items: V1JSONSchemaProps) => ({ type: "array", items });
  const reference = { name: text, namespace: text };
  const rule = object({
    matches: list(object({ path: object({ type: text, value: text }) })),
    backendRefs: list(object({ ...reference, port: { type: "integer" } }, ["name", "port"])),
  });
  const spec = object({
    parentRefs: list(object(reference, ["name"])),
    hostnames: list(text),
    rules: list(rule),
  });
  const schema = { openAPIV3Schema: object({ spec }) };
  const annotations = { "api-approved.kubernetes.io": "unapproved, a part of it for a test" };
  const [group, plural, singular, kind] = [
    "gateway.networking.k8s.io",
    "httproutes",
    "httproute",
    "HTTPRoute",
  ];
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, annotations },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural, singular, kind },
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
}

describe("examples/http-route", () => {
  const definitions = config.makeApiClient(ApiextensionsV1Api);
  const { name = "" } = httpRoutes().metadata ?? {};
  afterAll(async () => {
    await destroy(example("http-route"));
    await definitions.deleteCustomResourceDefinition({ name });
  });

  test("leads to the Backend's Service when it is deployed", async () => {
    await definitions.createCustomResourceDefinition({ body: httpRoutes() });
    await waitFor(
      async () => {
        const { status } = await definitions.readCustomResourceDefinition({ name });
        const established = status?.conditions?.find(({ type }) => type === "Established");
        return established?.status === "True";
      },
      { awaited: "the kind HTTPRoute", timeoutSeconds: 30 },
    );

    const { exitCode, output } = await up(example("http-route"));

    expect(exitCode, output).toBe(0);
    const route = await config.makeApiClient(CustomObjectsApi).getNamespacedCustomObject({
      group: "gateway.networking.k8s.io",
      version: "v1",
      plural: "httproutes",
      namespace: "http-route-example",
      name: "shop",
    });
    expect(route.spec.rules[0].backendRefs).toEqual([
      { name: "shop", namespace: "http-route-example", port: 80 },
    ]);
    expect(await readyEndpoints("http-route-example")).toBe(2);
  });
});
