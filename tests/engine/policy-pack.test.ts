import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { checkout } from "../../local/paths.ts";
import { namespace, type Program, service, settings } from "../preview/programs.ts";
import { pulumi } from "./rig.ts";

const programs = join(checkout, "tests/engine/programs");
const cwd = join(programs, "preview");
const STACK = "policy-pack";

/** Previews a program with the policy pack of this package. */
async function preview(program: Program) {
  const folder = mkdtempSync(join(tmpdir(), "policy-pack-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const objects = join(folder, "objects.json");
  writeFileSync(objects, JSON.stringify(program).replaceAll("$ns", "policy-pack"));
  const args = ["preview", "--stack", STACK, "--policy-pack", join(programs, "policy-pack")];
  return await pulumi(args, { cwd, env: { PREVIEW_OBJECTS: objects } });
}

describe("createPolicyPack", { timeout: 300_000 }, () => {
  beforeAll(async () => {
    await pulumi(["stack", "init", STACK, "--no-select"], { cwd });
    return async () => {
      await pulumi(["stack", "rm", "--yes", "--force", "--stack", STACK], { cwd });
      rmSync(join(cwd, `Pulumi.${STACK}.yaml`), { force: true });
    };
  });

  it("lets a sound program pass in the real engine", async () => {
    const { exitCode, output } = await preview({ objects: [namespace, settings("one")] });

    expect(output).toContain("kubernetes@v0.1.0");
    expect(exitCode, output).toBe(0);
  });

  it("stops a program that opens a port on every node, and says what to do", async () => {
    const { exitCode, output } = await preview({
      objects: [namespace, service({ type: "NodePort" })],
    });

    expect(output).toContain("[mandatory]  node-port");
    expect(output).toContain(
      "Service policy-pack/front opens a port on every node; use a load balancer",
    );
    expect(exitCode).not.toBe(0);
  });

  it("stops a program whose Service has an unknown type, because it cannot be judged", async () => {
    const objects = [namespace, service({ type: "$unknown:NodePort" })];

    const { exitCode, output } = await preview({ objects, late: "late" });

    expect(output).toContain("cannot be judged, because");
    expect(exitCode).not.toBe(0);
  });
});
