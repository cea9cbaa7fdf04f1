import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { RefreshPlace } from "../../../../local/refresh/engine-steps.ts";
import type { ChildCommand } from "../../../../local/toolchain/run-child.ts";

/** What stands in for a command: it may write files, and yields what the command prints. */
type StandIn = (command: ChildCommand) => string | undefined;

/** A folder with the files that a refresh changes, in which no command is really run. */
export interface FakeCheckout {
  readonly place: RefreshPlace;
  readonly read: (file: string) => string;
  readonly write: (file: string, text: string) => void;
  /** The commands that were run, as `go mod tidy`. */
  readonly commands: string[];
  /** What its commands do, by their first words; the others do nothing. */
  readonly does: (words: string, standIn: StandIn) => void;
  readonly remove: () => void;
}

const graph = "local/pins/pulumi";

/** Makes one that is of Pulumi 3.259.0. */
export function fakeCheckout(): FakeCheckout {
  const root = mkdtempSync(join(tmpdir(), "refresh-"));
  const commands: string[] = [];
  const standIns = new Map<string, StandIn>();

  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const run = async (command: ChildCommand): Promise<string> => {
    const line = [basename(command.command), ...command.args].join(" ");
    commands.push(line);
    const [, standIn] = [...standIns].find(([words]) => line.startsWith(words)) ?? [];
    return standIn?.(command) ?? "";
  };

  write(`${graph}/go.mod`, goMod("3.259.0"));
  write(`${graph}/go.sum`, "sums of 3.259.0\n");
  write("local/programs/language-host/main.go", "package main\n");
  write("local/node/package.json", "{}\n");
  write("local/toolchain/versions.ts", '{\n  pulumi: "3.259.0",\n}\n');
  write("package.json", packageJson("3.259.0", "3.259.0"));
  write("package-lock.json", "lock of 3.259.0\n");
  return {
    place: { root, work: join(root, "work"), run, report: () => undefined },
    read: (file) => readFileSync(join(root, file), "utf8"),
    write,
    commands,
    does: (words, standIn) => standIns.set(words, standIn),
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** A go.mod of the engine. */
export const goMod = (version: string): string =>
  `require (\n\tgithub.com/pulumi/pulumi/sdk/v3 v${version}\n\tgithub.com/pulumi/pulumi/pkg/v3 v${version} // indirect\n)\n`;

/** A package.json with the engine's package and the one that starts it. */
export const packageJson = (engine: string, launcher: string): string =>
  `${JSON.stringify({ devDependencies: { "@pulumi/pulumi": engine, pulumi: launcher } })}\n`;

/** A stand-in that writes a file where the command runs. */
export const writes =
  (file: string, text: string): StandIn =>
  ({ cwd = "" }) => {
    writeFileSync(join(cwd, file), text);
    return undefined;
  };

/** Both of them. */
export const both =
  (...standIns: StandIn[]): StandIn =>
  (command) =>
    standIns.map((standIn) => standIn(command)).at(-1);
