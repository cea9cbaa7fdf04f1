import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseAllDocuments } from "yaml";
import { checkout } from "../../../local/paths.ts";
import { admissionPolicies } from "../../../policy/index.ts";

describe("pulumi-kubernetes-services-policies", () => {
  const print = (...args: string[]) =>
    execa("node", [join(checkout, "policy/admission/print.ts"), ...args], {
      reject: false,
    });

  it("prints what the settings ask for as documents of YAML", async () => {
    const folder = mkdtempSync(join(tmpdir(), "policies-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "policies.yaml");
    writeFileSync(file, "levels: { node-port: disabled }\n");

    const { exitCode, stdout } = await print("--settings", file);

    expect(exitCode).toBe(0);
    expect(parseAllDocuments(stdout).map((document) => document.toJS())).toEqual(
      admissionPolicies({ levels: { "node-port": "disabled" } }),
    );
  });

  it("fails with the reason when the settings cannot be read", async () => {
    const { exitCode, stderr } = await print("--settings", "/nowhere.yaml");

    expect(stderr).toContain("no such file");
    expect(exitCode).toBe(64);
  });
});
