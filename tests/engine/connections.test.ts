import { join } from "node:path";
import { AppsV1Api, NetworkingV1Api } from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { config, pulumi } from "./rig.ts";

// What the unit tests cannot show: what a target is after it has been through another stack's state.
const [callee, caller] = ["callee", "caller"].map((it) =>
  join(import.meta.dirname, "programs", it),
) as [string, string];
const stack = ["--stack", "dev"];
const up = ["up", "--yes", "--skip-preview", ...stack];

beforeAll(async () => {
  for (const cwd of [callee, caller])
    await pulumi(["stack", "init", "dev", "--no-select"], { cwd });
  const { exitCode, output } = await pulumi(up, { cwd: callee });
  expect(exitCode, output).toBe(0);
});

afterAll(async () => {
  const destroy = ["destroy", "--yes", "--skip-preview", ...stack];
  for (const cwd of [caller, callee]) await pulumi(destroy, { cwd });
});

const variables = [
  { name: "API_HOST", value: "api-service.callee.svc" },
  { name: "API_PORT", value: "80" },
  { name: "API_URL", value: "http://api-service.callee.svc" },
];

describe("a connection to another stack's Backend", () => {
  test("is known in preview when the other stack is there", async () => {
    const { exitCode, output } = await pulumi(["preview", "--json", ...stack], { cwd: caller });

    const { steps } = JSON.parse(output.slice(output.indexOf("{")));
    const deployment = steps.find(({ urn }: { urn: string }) => urn.endsWith(":Deployment::web"));
    expect(deployment.newState.inputs.spec.template.spec.containers[0].env).toEqual(variables);
    expect(exitCode).toBe(0);
  });

  test("is in the environment, and open at the caller's end alone, when deployed", async () => {
    const { exitCode, output } = await pulumi(up, { cwd: caller });

    expect(exitCode, output).toBe(0);
    const web = { name: "web", namespace: "caller" };
    const { spec } = await config.makeApiClient(AppsV1Api).readNamespacedDeployment(web);
    expect(spec?.template.spec?.containers[0]?.env).toEqual(variables);
    const networking = config.makeApiClient(NetworkingV1Api);
    const own = await networking.readNamespacedNetworkPolicy(web);
    expect(own.spec?.egress?.at(-1)).toEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "callee" } },
          podSelector: { matchLabels: { app: "api" } },
        },
      ],
      ports: [{ port: 8080, protocol: "TCP" }],
    });
    const { items } = await networking.listNamespacedNetworkPolicy({ namespace: "callee" });
    expect(items.map(({ metadata }) => metadata?.name)).toEqual(["api"]);
  });
});
