import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { namespace, services } from "./programs/node-port/names.ts";
import { core, pulumi } from "./rig.ts";

// What the unit tests cannot show: that the API server gives a replaced Service the node port of the old one.
const cwd = join(import.meta.dirname, "programs", "node-port");
const stack = "dev";
const ROUNDS = 4;

const urn = (type: string, name: string) => `urn:pulumi:${stack}::node-port::${type}::${name}`;
const SERVICE = "kubernetes:core/v1:Service";
const ours = services.map((name) =>
  urn(`pulumi-kubernetes-services:index:NodePortService$${SERVICE}`, name),
);

const replace = (urns: readonly string[]) => {
  const replaced = urns.flatMap((it) => ["--replace", it]);
  return pulumi(["up", "--yes", "--skip-preview", "--stack", stack, ...replaced], { cwd });
};

/** The uid and the node port of every NodePortService's Service. */
const observe = () =>
  Promise.all(
    services.map(async (name) => {
      const { metadata, spec } = await core.readNamespacedService({ name, namespace });
      return { uid: metadata?.uid, nodePort: spec?.ports?.[0]?.nodePort };
    }),
  );

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  await pulumi(["up", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

afterAll(async () => {
  await pulumi(["destroy", "--yes", "--skip-preview", "--stack", stack], { cwd });
});

describe("NodePortService with a node port by number on a real API server", () => {
  test("keeps its node port when it is replaced", async ({ annotate }) => {
    const before = await observe();
    const seen = [before];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { exitCode, output } = await replace(ours);
      expect(exitCode, output).toBe(0);
      seen.push(await observe());
    }

    const uids = new Set(seen.flat().map(({ uid }) => uid));
    const replacements = uids.size - services.length;
    const ports = seen.map((round) => round.map(({ nodePort }) => nodePort));
    expect(replacements).toBe(ROUNDS * services.length);
    expect(ports).toEqual(seen.map(() => before.map(({ nodePort }) => nodePort)));
    await annotate(
      `node ports: ${replacements} of ${ROUNDS * services.length} replacements of a Service with a node port by number succeeded`,
      "figure",
    );
  });

  test("fails where plain @pulumi/kubernetes replaces such a Service", async ({ annotate }) => {
    const { exitCode, output } = await replace([urn(SERVICE, "plain")]);

    expect(exitCode).not.toBe(0);
    expect(output).toContain("provided port is already allocated");
    await annotate(
      'node ports, control: plain @pulumi/kubernetes: "provided port is already allocated"',
      "figure",
    );
  });
});
