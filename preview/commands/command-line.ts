import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { GateError, messageOf, UsageError } from "../errors.ts";
import { findingRules } from "../findings/find.ts";
import { FORMATS } from "../render/formats.ts";
import { ExitCode, Severity } from "../report.ts";

const EXIT_CODES = `
Exit codes:
  0   every stack passes, or the approved update was applied
  1   a finding blocks a stack, or an update was refused
  2   a stack could not be judged, or an update failed; this never counts as a pass
  10  every stack passes and something changes (with --detailed-exitcode)
  64  the command line is wrong`;

/** Runs the command line and returns the exit code. It never throws. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let exitCode: number = ExitCode.Pass;
  const program = commandLine((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Pass : ExitCode.Usage;
  const expected = error instanceof UsageError || error instanceof GateError;
  process.stderr.write(
    `${expected || !(error instanceof Error) ? messageOf(error) : error.stack}\n`,
  );
  return error instanceof UsageError ? ExitCode.Usage : ExitCode.Unjudged;
}

function commandLine(done: (exitCode: number) => void): Command {
  const program = new Command("pulumi-preview-gate")
    .description("Judges what pulumi preview would do, and whether that preview can be believed")
    .addHelpText("after", EXIT_CODES)
    .exitOverride();

  // Each command is loaded when it is asked for.
  judged(previewed(program.command("check").summary("preview stacks and judge them")))
    .addOption(
      new Option(
        "--refresh",
        "read the objects of the cluster into the state first, to find drift",
      ),
    )
    .option("--record <path>", "also write what the verdict is made of, for `judge`")
    .action(async (line) => done(await (await import("./check.ts")).check(line)));

  judged(program.command("judge").summary("judge what `check --record` has written"))
    .argument("<path>", "the recording")
    .action(async (path, line) => done((await import("./check.ts")).judgeFile(path, line)));

  judged(previewed(program.command("up").summary("apply exactly what was approved, or refuse")))
    .requiredOption("--approved <path>", "the JSON report that was approved")
    .action(async (line) => done(await (await import("./up.ts")).up(line)));

  addPrinting(program);
  return program;
}

/** The commands that print what the gate knows. */
function addPrinting(program: Command): void {
  program
    .command("rules")
    .summary("print the rules of the findings")
    .action(() => {
      const rows = findingRules.map(
        ({ description, id, severity }) => `${id}\t${severity}\t${description}\n`,
      );
      process.stdout.write(rows.join(""));
    });

  program
    .command("schema")
    .summary("print the JSON schema of the report")
    .action(() => {
      process.stdout.write(readFileSync(new URL("../report.schema.json", import.meta.url), "utf8"));
    });
}

/** The options of commands that run the engine. */
function previewed(command: Command): Command {
  return command
    .requiredOption("--stack <names...>", "the stacks")
    .option("--cwd <folder>", "the program's folder", ".")
    .option("--policy-pack <folders...>", "policy packs to load")
    .option(
      "--context <contexts...>",
      "for providers that hide how they reach their cluster: CONTEXT, or PROVIDER=CONTEXT",
    )
    .option("--config-file <path>", "the stack's configuration, if it is not Pulumi.STACK.yaml")
    .option("--timeout <seconds>", "interrupts a preview or an update after so long", "1800")
    .option("--pulumi <path>", "the engine", "pulumi")
    .option("--show", "show what the engine prints, on stderr");
}

/** The options of commands that judge. */
function judged(command: Command): Command {
  return command
    .option(
      "--cluster-uid <uid>",
      "the uid that the namespace kube-system of every cluster must have",
    )
    .option("--require-policy <names...>", "policy packs that must have run on every object")
    .addOption(
      new Option(
        "--dry-run <how>",
        "whether the API server must have made a dry run of every change",
      )
        .choices(["required", "optional"])
        .default("required"),
    )
    .option("--expect-no-changes", "block if anything changes")
    .addOption(
      new Option("--fail-on <severity>", "the lowest severity that blocks")
        .choices(Object.values(Severity))
        .default(Severity.Block),
    )
    .option("--severity <rules...>", "other severities, as RULE=SEVERITY")
    .option(
      "--waivers <path>",
      "the waivers; without it, preview-waivers.yaml of the program's folder",
    )
    .addOption(
      new Option("--format <format>", "the format on stdout").choices(FORMATS).default("terminal"),
    )
    .option("--out <outputs...>", "also write the report, as FORMAT=PATH")
    .option("--detailed-exitcode", "exit with 10 if every stack passes and something changes");
}
