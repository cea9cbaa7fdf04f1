import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { promote } from "../../../../local/commands/promote.ts";
import { checkout } from "../../../../local/paths.ts";
import { capture } from "../../support/run-here.ts";

const KEY = "pulumi-kubernetes-services:image";
const IMAGE = `registry.example/shop@sha256:${"ab".repeat(32)}`;
const PROD = `config:\n  ${KEY}: registry.example/shop:1 # the old one\n`;

let folder: string;
let printed: { stdout: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "promote-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "Pulumi.staging.yaml"), `config:\n  ${KEY}: ${IMAGE}\n`);
  writeFileSync(join(folder, "Pulumi.prod.yaml"), PROD);
  const captured = capture();
  printed = captured.printed;
  onTestFinished(captured.restore);
});

const target = () => readFileSync(join(folder, "Pulumi.prod.yaml"), "utf8");

test("promote: writes the image into the target's file alone, with its mode, and shows what changes", () => {
  chmodSync(join(folder, "Pulumi.prod.yaml"), 0o640);

  promote({ from: "staging", to: "prod" }, folder);

  expect(target()).toBe(PROD.replace("registry.example/shop:1", IMAGE));
  expect(statSync(join(folder, "Pulumi.prod.yaml")).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).sort()).toEqual(["Pulumi.prod.yaml", "Pulumi.staging.yaml"]);
  expect(printed.stdout).toBe(
    `Pulumi.prod.yaml\n- ${KEY}: registry.example/shop:1\n+ ${KEY}: ${IMAGE}\n`,
  );
});

test("promote: writes nothing with --dry-run, and shows the same", () => {
  promote({ from: "staging", to: "prod", dryRun: true }, folder);

  expect(target()).toBe(PROD);
  expect(printed.stdout).toContain(`+ ${KEY}: ${IMAGE}`);
});

test("promote: shows nothing when the target has the image already", () => {
  promote({ from: "staging", to: "prod" }, folder);
  printed.stdout = "";

  promote({ from: "staging", to: "prod" }, folder);

  expect(printed.stdout).toBe("");
});

test.each([
  ["staging", "staging", '--from and --to are both "staging"'],
  ["qa", "prod", "there is no Pulumi.qa.yaml; make the stack with pulumi stack init qa"],
  ["staging", "qa", "there is no Pulumi.qa.yaml"],
  ["staging", "../prod", 'the stack "../prod" must have 1 to 100 letters'],
  ["prod", "staging", "must be pinned by its digest"],
])("promote: fails from %s to %s and writes nothing", (from, to, message) => {
  expect(() => promote({ from, to }, folder)).toThrow(message);
  expect(target()).toBe(PROD);
});

test.each([
  [["--from", "staging"], 2, "required option '--to <name>'"],
  [["--from", "staging", "--to", "no-such-stack"], 1, "there is no Pulumi.no-such-stack.yaml"],
  [["--help"], 0, "Exit codes: 0 done or nothing to change, 1 refused"],
])(
  "npm run promote: %j ends with exit code %d",
  async (args, code, text) => {
    const command = [join(checkout, "local/main.ts"), "promote", ...args];
    const { all, exitCode } = await execa(process.execPath, command, { all: true, reject: false });

    expect([exitCode, all]).toEqual([code, expect.stringContaining(text)]);
  },
  60_000,
);
