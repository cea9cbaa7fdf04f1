// Records the previews of scenarios.ts on a real API server with the real engine: `npm run record:previews`, or `-- NAME` for some.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { execa } from "execa";
import { parse, stringify } from "yaml";
import { startControlPlane, stopCluster } from "../../local/cluster/embedded-cluster.ts";
import { engineEnvironment, leanProgram, loadingFirst } from "../../local/engine/environment.ts";
import { stackFile } from "../../local/engine/mend-state.ts";
import { checkout, type LocalPaths, localPaths } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";
import { collectPreview } from "../../preview/collect/collect.ts";
import { clusterUid } from "../shared/cluster-uid.ts";
import { readOnlyToken } from "../shared/read-only-token.ts";
import type { Program } from "./programs.ts";
import { type Recording, recordingPath } from "./recordings.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

const cwd = join(checkout, "tests/engine/programs/preview");
const policyPack = join(checkout, "tests/engine/programs/policies");
const STACK = "dev";
mkdirSync(join(import.meta.dirname, "recordings"), { recursive: true });
const own = localPaths(".local/test/record/own");
const another = localPaths(".local/test/record/another");
const folder = join(checkout, ".local/test/record");

const toolchain = await ensureToolchain({ report });
const { pulumi } = toolchain.paths;
const wanted = process.argv.slice(2);
const chosen = scenarios.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

try {
  for (const paths of [own, another]) {
    await stopCluster(paths);
    rmSync(paths.root, { recursive: true, force: true });
    await startControlPlane(paths, { toolchain, report });
  }
  Object.assign(
    process.env,
    engineEnvironment(own, toolchain, own.kubeconfig),
    loadingFirst(leanProgram),
  );
  const readOnly = await readOnlyKubeconfig();
  for (const scenario of chosen) {
    report(`Recording ${scenario.name}`);
    await record(scenario, readOnly);
  }
} finally {
  for (const paths of [own, another]) await stopCluster(paths);
  rmSync(folder, { recursive: true, force: true });
}

async function record(scenario: Scenario, readOnly: string): Promise<void> {
  const { before, cluster = "own", meanwhile, policies, program, refresh, tellsCluster } = scenario;
  rmSync(stackFile(own, "preview", STACK), { force: true });
  process.env["KUBECONFIG"] = own.kubeconfig;
  await engine(["stack", "init", STACK, "--no-select"]);
  if (before !== undefined) await deploy(scenario, before);
  if (meanwhile === "deleted" || meanwhile === "remade") await disturb(scenario);
  if (meanwhile === "interrupted") interrupt();
  process.env["PREVIEW_OBJECTS"] = programFile(scenario, program);
  process.env["PREVIEW_POLICY"] = policies ?? "pass";
  process.env["KUBECONFIG"] = {
    own: own.kubeconfig,
    another: another.kubeconfig,
    down: downKubeconfig(),
    "read-only": readOnly,
  }[cluster];
  const evidence = await collectPreview({
    stack: STACK,
    cwd,
    pulumi: meanwhile === "updated" ? updatingPulumi(scenario) : pulumi,
    timeoutSeconds: 120,
    policyPacks: policies === undefined ? [] : [policyPack],
    contexts: {},
    args: refresh ? ["--refresh"] : [],
    reports: [],
  });
  const told = tellsCluster ? { clusterUid: await clusterUid(coreOf(own)) } : {};
  const recording: Recording = { options: { ...scenario.options, ...told }, evidence };
  const text = JSON.stringify(recording, withoutBulk, 1).replaceAll(checkout, "CHECKOUT");
  writeFileSync(recordingPath(scenario.name), `${text}\n`);
}

async function engine(args: readonly string[]): Promise<void> {
  await execa(pulumi, [...args, "--non-interactive", "--color=never"], { cwd, timeout: 120_000 });
}

async function deploy(scenario: Scenario, program: Program): Promise<void> {
  process.env["PREVIEW_OBJECTS"] = programFile(scenario, program);
  await engine(["up", "--yes", "--skip-preview", "--stack", STACK]);
}

function programFile({ name }: Scenario, program: Program): string {
  const path = join(folder, "program.json");
  writeFileSync(path, JSON.stringify(program).replaceAll("$ns", name));
  return path;
}

/** Somebody deletes the ConfigMap, and perhaps makes another one of its name. */
async function disturb({ meanwhile, name }: Scenario): Promise<void> {
  const core = coreOf(own);
  await core.deleteNamespacedConfigMap({ name: "settings", namespace: name });
  if (meanwhile === "remade") {
    const body = { metadata: { name: "settings" }, data: { a: "one" } };
    await core.createNamespacedConfigMap({ namespace: name, body });
  }
}

/** An update that was killed has left its operation in the state. */
function interrupt(): void {
  const path = stackFile(own, "preview", STACK);
  const state = JSON.parse(readFileSync(path, "utf8"));
  const { latest } = state.checkpoint;
  latest.pending_operations = [{ resource: latest.resources.at(-1), type: "updating" }];
  writeFileSync(path, JSON.stringify(state));
}

/** An engine beside which somebody updates the stack while it previews. */
function updatingPulumi(scenario: Scenario): string {
  const script = join(folder, "pulumi");
  const other = join(folder, "other.json");
  writeFileSync(
    other,
    JSON.stringify({ objects: [...scenario.program.objects.slice(0, 1)] }).replaceAll(
      "$ns",
      scenario.name,
    ),
  );
  const update = `PREVIEW_OBJECTS='${other}' '${pulumi}' up --yes --skip-preview --stack ${STACK} --non-interactive >/dev/null`;
  writeFileSync(
    script,
    `#!/bin/sh\n'${pulumi}' "$@"\ncode=$?\n[ "$1" = preview ] && ${update}\nexit $code\n`,
  );
  chmodSync(script, 0o700);
  return script;
}

function downKubeconfig(): string {
  const path = join(folder, "down");
  const text = readFileSync(own.kubeconfig, "utf8").replace(/(127\.0\.0\.1):\d+/, "$1:9");
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

/** A role that reads everything and writes nothing, as a job on pull requests should have. */
async function readOnlyKubeconfig(): Promise<string> {
  const file = parse(readFileSync(own.kubeconfig, "utf8"));
  file.users[0].user = { token: await readOnlyToken(configOf(own)) };
  const path = join(folder, "read-only");
  writeFileSync(path, stringify(file), { mode: 0o600 });
  return path;
}

function configOf({ kubeconfig }: LocalPaths): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return config;
}

function coreOf(paths: LocalPaths): CoreV1Api {
  return configOf(paths).makeApiClient(CoreV1Api);
}

/** Leaves out what nothing reads: who set which field of an object, and the inputs a second time. */
function withoutBulk(key: string, value: unknown): unknown {
  return key === "managedFields" || key === "__inputs" ? undefined : value;
}
