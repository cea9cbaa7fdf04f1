import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  type V1Service,
} from "@kubernetes/client-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "../../local/wait.ts";
import { type ExportedState, isObject, type LiveObject, stateOn } from "../golden/state.ts";
import { clusterUid } from "../shared/cluster-uid.ts";
import { core, paths, pulumi } from "./rig.ts";

// What a release has left behind is the next one's contract: the components of now find all of it again, and replace and
// delete nothing. Each program is the release's own; tests/golden/record.ts has recorded its state.
const releases = join(import.meta.dirname, "..", "golden");
const programs = readdirSync(releases, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(releases, name)).map((program) => join(name, program)));

const config = new KubeConfig();
config.loadFromFile(paths.kubeconfig);
const objects = KubernetesObjectApi.makeApiClient(config);
const scratch = mkdtempSync(join(tmpdir(), "golden-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const stack = "dev";
const IDENTIFIED = ["Deployment", "Service"];

describe.each(programs)("state of release %s", (program) => {
  const cwd = join(releases, program);
  const golden: ExportedState = JSON.parse(readFileSync(join(cwd, "state.json"), "utf8"));
  let state: ExportedState;

  beforeAll(async () => {
    await pulumi(["stack", "init", stack, "--no-select"], { cwd });
    await importState(cwd, golden);
    const live = await applyAll(await withSecrets(cwd));
    const uid = await clusterUid(core);
    state = stateOn(golden, uid, live);
  });

  afterAll(async () => {
    await importState(cwd, state);
    await pulumi(["destroy", "--run-program", "--yes", "--skip-preview", "--stack", stack], {
      cwd,
    });
    await pulumi(["stack", "rm", stack, "--yes", "--preserve-config"], { cwd });
  });

  test("shows deletions in preview when a child has another name than it had", async () => {
    const { urn = "" } =
      state.deployment.resources.find(({ type }) => type.endsWith(":Service")) ?? {};
    await importState(cwd, edited(state, urn, `${urn}-before`));

    const { output } = await pulumi(["preview", "--stack", stack], { cwd });

    expect(output).toContain("- 1 to delete");
  });

  test("shows a replacement in preview when a selector is another one than it was", async () => {
    await importState(cwd, edited(state, '"matchLabels":{"app":"', '"matchLabels":{"app":"was-'));

    const { output } = await pulumi(["preview", "--stack", stack], { cwd });

    expect(output).toMatch(/\+-\d+ to replace/);
  });

  test("replaces and deletes nothing when it is deployed with the components of now", async () => {
    await importState(cwd, state);
    const before = await identities(golden);

    const preview = await pulumi(["preview", "--stack", stack], { cwd });
    const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack], { cwd });

    expect(preview.output).not.toMatch(/to replace|to delete/);
    expect(preview.exitCode).toBe(0);
    expect(up.output).not.toMatch(/replaced|deleted/);
    expect(up.exitCode).toBe(0);
    expect(before.length).toBeGreaterThan(2);
    expect(await identities(golden)).toEqual(before);
  });
});

async function importState(cwd: string, state: ExportedState): Promise<void> {
  const file = join(scratch, "state.json");
  writeFileSync(file, JSON.stringify(state));
  const { exitCode, output } = await pulumi(["stack", "import", "--file", file, "--stack", stack], {
    cwd,
  });
  if (exitCode !== 0) throw new Error(output);
}

/** The state that is imported, with the values of its secrets. */
async function withSecrets(cwd: string): Promise<ExportedState> {
  const { output } = await pulumi(["stack", "export", "--show-secrets", "--stack", stack], { cwd });
  return JSON.parse(output, (_, value) =>
    typeof value?.plaintext === "string" ? JSON.parse(value.plaintext) : value,
  );
}

/** Creates the objects of a state as the provider did, under the names that it wrote them with. */
async function applyAll(state: ExportedState): Promise<Map<string, LiveObject>> {
  const live = new Map<string, LiveObject>();
  for (const { inputs, outputs, urn } of state.deployment.resources.filter(isObject)) {
    if (inputs === undefined) {
      const read = { apiVersion: "v1", kind: "Namespace", metadata: { name: "kube-system" } };
      live.set(urn, { ...(await objects.read(read)) });
      continue;
    }
    const { __fieldManager: manager } = outputs;
    await objects.patch(inputs, undefined, undefined, manager, true, PatchStrategy.ServerSideApply);
    const { apiVersion, kind, metadata } = inputs;
    const read = () => objects.read<V1Service>({ apiVersion, kind, metadata });
    if (inputs.spec?.type === "LoadBalancer") {
      await waitFor(async () => (await read()).status?.loadBalancer?.ingress !== undefined, {
        awaited: `the address of ${metadata.name}`,
        timeoutSeconds: 60,
      });
    }
    live.set(urn, { ...(await read()) });
  }
  return live;
}

/** Who the Deployments and Services of a state are. */
async function identities(state: ExportedState): Promise<unknown[]> {
  const found = state.deployment.resources.filter(({ inputs }) =>
    IDENTIFIED.includes(inputs?.kind),
  );
  return Promise.all(
    found.map(async ({ inputs: { apiVersion, kind, metadata } }) => {
      const object = await objects.read<V1Service>({ apiVersion, kind, metadata });
      return [kind, metadata.name, object.metadata?.uid, object.spec?.clusterIP];
    }),
  );
}

function edited(state: ExportedState, before: string, after: string): ExportedState {
  return JSON.parse(JSON.stringify(state).replaceAll(before, after));
}
