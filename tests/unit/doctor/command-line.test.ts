import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { checkout } from "../../../local/paths.ts";

const doctor = (...args: string[]) =>
  execa(process.execPath, ["doctor/main.ts", ...args], { cwd: checkout, reject: false });

describe("pulumi-kubernetes-doctor", () => {
  test("pulumi-kubernetes-doctor: exits with 64 when no stack is named", async () => {
    const { exitCode, stderr } = await doctor();

    expect(stderr).toContain("required option '--stack <name>' not specified");
    expect(exitCode).toBe(64);
  });

  test("pulumi-kubernetes-doctor: exits with 2 when there is no engine", async () => {
    const { exitCode, stderr } = await doctor("--stack", "dev", "--pulumi", "/nonexistent/pulumi");

    expect(stderr).toContain("Cannot run pulumi whoami --json");
    expect(exitCode).toBe(2);
  });

  test("pulumi-kubernetes-doctor: explains its exit codes", async () => {
    const { exitCode, stdout } = await doctor("--help");

    expect(stdout).toContain("Exit codes:");
    expect(exitCode).toBe(0);
  });
});
