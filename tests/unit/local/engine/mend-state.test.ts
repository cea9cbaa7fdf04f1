import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { engineEnvironment } from "../../../../local/engine/environment.ts";
import {
  mendBackend,
  requireReadableState,
  stackFile,
} from "../../../../local/engine/mend-state.ts";
import { type LocalPaths, localPaths } from "../../../../local/paths.ts";
import { versions } from "../../../../local/toolchain/versions.ts";

let paths: LocalPaths;
let state: string;
const WHOLE = JSON.stringify({ version: 3, checkpoint: { stack: "dev" } });

beforeEach(() => {
  paths = localPaths(mkdtempSync(join(tmpdir(), "mend-state-")));
  onTestFinished(() => rmSync(paths.root, { recursive: true }));
  state = stackFile(paths, "shop", "dev");
  mkdirSync(dirname(state), { recursive: true });
});

test("requireReadableState: lets a whole state pass, and one that is not there", () => {
  requireReadableState(state);
  writeFileSync(state, WHOLE);
  requireReadableState(state);
});

test.each(["", WHOLE.slice(0, 20), "{}", "null"])(
  "requireReadableState: fails with the whole backup as the way out when the state is %j",
  (text) => {
    writeFileSync(state, text);
    writeFileSync(`${state}.bak`, WHOLE);

    expect(() => requireReadableState(state)).toThrow(
      `Cannot read the stack's state: ${state} is damaged; the state before it is whole: take it back with cp '${state}.bak' '${state}', then run the same command again`,
    );
  },
);

test("requireReadableState: fails with a new beginning as the way out when the backup is damaged too", () => {
  writeFileSync(state, "");
  writeFileSync(`${state}.bak`, "");

  expect(() => requireReadableState(state)).toThrow("npm stop -- --purge removes");
});

test.each([
  ["", false],
  ["version: 1\n", true],
  ["vers", false],
  ["\0: [", false],
])("mendBackend: of the backend's meta.yaml with %j keeps it: %s", (text, kept) => {
  const meta = join(paths.pulumiState, ".pulumi", "meta.yaml");
  writeFileSync(meta, text);

  mendBackend(paths);

  expect(existsSync(meta)).toBe(kept);
});

const tools = {
  paths: { pulumi: "/p", "pulumi-language-nodejs": "/l", "pulumi-resource-kubernetes": "/r" },
  kwokStages: "",
  cniPlugins: "",
  pulumiHome: "/home",
};

test("engineEnvironment: names the engine's version, for a launcher that is of another one", () => {
  const environment = engineEnvironment(paths, tools, "/kubeconfig");

  expect(environment).toMatchObject({ PULUMI_VERSION: versions.pulumi });
});

test.each([
  ["", "pulumi-kubernetes-services-local"],
  ["pulumi-kub", "pulumi-kubernetes-services-local"],
  ["of somebody", "of somebody"],
])("engineEnvironment: of a passphrase file with %j makes %j", (before, after) => {
  writeFileSync(paths.pulumiPassphrase, before);

  engineEnvironment(paths, tools, "/kubeconfig");

  expect(readFileSync(paths.pulumiPassphrase, "utf8")).toBe(after);
});
