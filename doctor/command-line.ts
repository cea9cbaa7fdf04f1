import { rmSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { askEngine } from "../preview/collect/engine.ts";
import { GateError, messageOf } from "../preview/errors.ts";
import { collectFacts, type Patient } from "./collect/collect.ts";
import { diagnose } from "./diagnose.ts";
import { type Finding, type Fix, fixText } from "./finding.ts";
import { ExitCode, findingsText, verdictOf } from "./print.ts";

const EXIT_CODES = `
Exit codes:
  0   nothing is wrong, or --fix has cured it
  1   something is wrong
  2   the stack or a cluster could not be read
  64  the command line is wrong`;

interface Options {
  readonly stack: string;
  readonly cwd: string;
  readonly context?: string;
  readonly fix?: true;
  readonly json?: true;
  readonly pulumi: string;
}

/** Runs the command line and returns the exit code. It never throws. */
export async function runDoctor(args: readonly string[]): Promise<number> {
  let exitCode: number = ExitCode.Sound;
  const program = commandLine(async (options) => {
    exitCode = await examine(options);
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? ExitCode.Sound : ExitCode.Usage;
    }
    const text =
      error instanceof GateError || !(error instanceof Error) ? messageOf(error) : error.stack;
    process.stderr.write(`${text}\n`);
    return ExitCode.Unjudged;
  }
}

function commandLine(action: (options: Options) => Promise<void>): Command {
  return new Command("pulumi-kubernetes-doctor")
    .description(
      "Finds what is wrong with a stack, its locks and its objects, and says how to cure it. Without --fix it changes nothing",
    )
    .requiredOption("--stack <name>", "the stack")
    .option("--cwd <folder>", "the program's folder", ".")
    .option("--context <name>", "the context of the kubeconfig, in place of the provider's")
    .option("--fix", "cure what has one safe cure, then look again")
    .option("--json", "print the findings as JSON")
    .option("--pulumi <path>", "the engine", "pulumi")
    .addHelpText("after", EXIT_CODES)
    .exitOverride()
    .action(action);
}

async function examine({ context, cwd, fix, json, pulumi, stack }: Options): Promise<number> {
  const patient: Patient = { stack, cwd, pulumi, context, timeoutSeconds: 600 };
  const look = async () => diagnose(await collectFacts(patient));
  const { findings, fixed } = fix
    ? await cureAll(patient, look)
    : { findings: await look(), fixed: [] };
  const report = { stack, fixed, findings };
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : findingsText(report));
  return verdictOf(findings);
}

/** Applies the first cure that was not tried yet, and looks again, until none is left: a cure may also end another finding. */
async function cureAll(patient: Patient, look: () => Promise<readonly Finding[]>) {
  const tried = new Set<string>();
  const fixed: string[] = [];
  for (;;) {
    const findings = await look();
    const next = findings.find((it) => it.fix !== undefined && !tried.has(fixText(it.fix)));
    if (next?.fix === undefined) return { findings, fixed };
    const text = fixText(next.fix);
    tried.add(text);
    process.stderr.write(`${next.rule}: ${text}\n`);
    await apply(patient, next.fix);
    fixed.push(next.rule);
  }
}

async function apply(patient: Patient, { pulumi, removes }: Fix): Promise<void> {
  if (removes !== undefined) rmSync(removes, { force: true });
  if (pulumi !== undefined) await askEngine(patient, pulumi, patient.timeoutSeconds);
}
