import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runDoctor } from "../../../doctor/command-line.ts";
import { runHere } from "../support/run-here.ts";

const LOCKS = ".pulumi/locks/organization/shop/dev";

/** What the doctor finds for a stack whose backend has a URL, when the backend's folder `state` has a lock of another machine. */
async function findingsWith({ file, url }: { readonly file: string; readonly url: string }) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "doctor locks-")));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "state", LOCKS), { recursive: true });
  const lock = { pid: 1, hostname: `not-${hostname()}`, timestamp: "2026-11-30T12:00:00Z" };
  writeFileSync(join(folder, "state", LOCKS, "1.json"), JSON.stringify(lock));
  writeFileSync(join(folder, file), "name: shop\n");
  const whoami = JSON.stringify({ url: url.replace("FOLDER", folder) });
  const script = `#!/bin/sh\ncase "$1" in whoami) echo '${whoami}' ;; *) echo '{"deployment": {}}' ;; esac\n`;
  writeFileSync(join(folder, "pulumi"), script, { mode: 0o700 });
  const engine = ["--pulumi", join(folder, "pulumi")];
  const args = ["--stack", "organization/shop/dev", "--cwd", folder, "--json", ...engine];
  const { stdout } = await runHere(runDoctor, args, { env: { HOME: folder } });
  const { findings } = JSON.parse(stdout) as { findings: readonly { readonly rule: string }[] };
  return findings.map(({ rule }) => rule);
}

test.each([
  ["the whole path", { file: "Pulumi.yaml", url: "file://FOLDER/state" }],
  ["the program's folder", { file: "Pulumi.yaml", url: "file://./state" }],
  ["the home folder", { file: "Pulumi.yaml", url: "file://~/state" }],
  ["options at its end", { file: "Pulumi.yaml", url: "file://./state?no_tmp_dir=true" }],
  ["a project in Pulumi.yml", { file: "Pulumi.yml", url: "file://FOLDER/state" }],
])("pulumi-kubernetes-doctor: finds the lock when the backend has %s", async (_, given) => {
  expect(await findingsWith(given)).toEqual(["lock-of-another-machine"]);
});
