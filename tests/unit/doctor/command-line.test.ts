import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { runDoctor } from "../../../doctor/command-line.ts";
import { checkout } from "../../../local/paths.ts";
import { runHere } from "../support/run-here.ts";

const doctor = (...args: string[]) => runHere(runDoctor, args, { cwd: checkout });

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

  test("pulumi-kubernetes-doctor: exits with the same code as a process of its own", async () => {
    const alone = execa(process.execPath, ["doctor/main.ts"], { cwd: checkout, reject: false });

    const { exitCode, stderr } = await alone;

    expect(stderr).toContain("required option '--stack <name>' not specified");
    expect(exitCode).toBe(64);
  });

  test("pulumi-kubernetes-doctor: explains its exit codes", async () => {
    const { exitCode, stdout } = await doctor("--help");

    expect(stdout).toContain("Exit codes:");
    expect(exitCode).toBe(0);
  });
});
