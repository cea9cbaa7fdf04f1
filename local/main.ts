import { Command, CommanderError } from "commander";
import { messageOf, UserError } from "./errors.ts";
import { explained } from "./files/file-error.ts";
import { PRIVATE } from "./files/private-folder.ts";
import { checkout, localPaths } from "./paths.ts";
import { Interrupted, report } from "./terminal.ts";
import { ToolchainError } from "./toolchain/toolchain-error.ts";
import { trustedPath } from "./toolchain/trust.ts";

process.umask(PRIVATE); // of this process and of all that it starts, such as the engine
process.env["PATH"] = await trustedPath(process.env["PATH"] ?? "", checkout, report);

// Each command is loaded when it is asked for: a quick one does not pay for what another needs.
const program = new Command("npm run")
  .description("A local cluster, and the stacks of this checkout on it")
  .exitOverride();

program
  .command("start")
  .summary("bring up the cluster and deploy the dev stack on it")
  .description(
    "Brings up an embedded cluster (real control plane, simulated AWS) and deploys the dev stack on it. Its nodes are real\n" +
      "where the machine can have them (Linux, root), with Pods that answer; elsewhere they are simulated.\n" +
      "With --context it deploys to an existing cluster instead.",
  )
  .option("--context <name>", "deploy to this context of your kubeconfig instead")
  .option("--image <image>", "with --context: the image to run")
  .option("--controller <controller>", "with --context: what makes load balancers there")
  .option("--nodes <kind>", "real or simulated; without it, real where the machine can have them")
  .option("--json", "print the result as JSON on stdout")
  .action(async (options) => (await import("./commands/start.ts")).start(options));

program
  .command("stop")
  .summary("stop the cluster; its state stays")
  .description("Stops every process of the embedded cluster. Its state stays for the next start.")
  .option("--purge", "also forget the state")
  .option("--context <name>", "remove what `start --context` deployed there instead")
  .action(async (options) => (await import("./commands/stop.ts")).stop(options));

program
  .command("render")
  .summary("print a stack's manifests as YAML, without a cluster")
  .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
  .action(async (options) => (await import("./commands/render.ts")).render(options));

program
  .command("preview")
  .summary("preview a stack and judge the preview")
  .description(
    "Previews a stack with pulumi-preview-gate and judges the preview. The dev stack is previewed on the embedded cluster of npm start;\n" +
      "other stacks are previewed with the backend and the kubeconfig of this shell. The policies in policies/ must run on every object.\n" +
      "npm run preview -- --help says what else it takes.",
  )
  .helpOption(false)
  .allowUnknownOption()
  .argument("[arguments...]", "those of pulumi-preview-gate check")
  .action(async (args) => (await import("./commands/gate.ts")).preview(args));

program
  .command("up")
  .summary("update a stack as its approved preview says, or refuse")
  .description(
    "Updates a stack with pulumi-preview-gate, if its preview is still the one that was approved. It takes what npm run preview takes;\n" +
      "npm run up -- --help says what else.",
  )
  .helpOption(false)
  .allowUnknownOption()
  .argument("[arguments...]", "those of pulumi-preview-gate up")
  .action(async (args) => (await import("./commands/gate.ts")).up(args));

program
  .command("doctor")
  .summary("find what is wrong with a stack, and how to cure it")
  .description(
    "Finds stale locks, interrupted operations, missing objects and more, with the cure for each. It changes nothing without --fix.\n" +
      "The stack is dev, on the embedded cluster of npm start, unless --stack names another one.",
  )
  .helpOption(false)
  .allowUnknownOption()
  .argument("[arguments...]", "those of pulumi-kubernetes-doctor")
  .action(async (args) => (await import("./commands/doctor.ts")).doctor(args));

program
  .command("promote")
  .summary("copy the image of one stack's configuration into another's")
  .description(
    "Copies the image of one stack's configuration into another's: Pulumi.<to>.yaml changes, and nothing is deployed. The image must\n" +
      "be pinned by its digest. What changes is shown.",
  )
  .requiredOption("--from <name>", "the stack whose image is promoted, as in Pulumi.<name>.yaml")
  .requiredOption("--to <name>", "the stack that gets it")
  .option("--dry-run", "show what would change, and write nothing")
  .addHelpText(
    "after",
    "\nExit codes: 0 done or nothing to change, 1 refused, 2 the command line is wrong",
  )
  .action(async (options) => (await import("./commands/promote.ts")).promote(options));

program
  .command("topology")
  .summary("print a stack's picture in Mermaid, without a cluster")
  .requiredOption("--stack <name>", "the stack, as in Pulumi.<name>.yaml")
  .action(async (options) => (await import("./commands/topology.ts")).printTopology(options));

program
  .command("tour")
  .summary("show on the running cluster what Services promise, and check it")
  .description(
    "Walks through eight truths about Services, S1 to S8, on the cluster that npm start has brought up with real nodes: each is\n" +
      "stated, shown and checked. The cluster is afterwards as it was before.",
  )
  .option("--step <number>", "only this one, for example S3")
  .option("--json", "print what was seen as JSON on stdout")
  .action(async (options) => (await import("./commands/tour.ts")).tour(options));

program
  .command("env")
  .summary("print the environment in which `npx pulumi` works on the embedded cluster")
  .description('Prints shell commands: eval "$(npm run --silent env)"')
  .action(async () => (await import("./commands/environment.ts")).printEnvironment());

program
  .command("pins")
  .summary("verify every official release and pin its checksum (for maintainers)")
  .description(
    "Downloads every official release of the tools for every platform, a few gigabytes, holds each against what its publisher says\n" +
      "and against what was pinned, and rewrites local/toolchain/releases/pins.json. It fails where one cannot be had or differs.",
  )
  .action(async () => (await import("./commands/pins.ts")).pins());

program
  .command("refresh")
  .summary("move Pulumi to the newest version that is served (for maintainers)")
  .description(
    "Asks Go's proxy and npm's registry for the newest release of Pulumi that both serve, moves its command line, its language host and\n" +
      "its package to it, records the golden files again and, where the publishers can be reached, pins the official releases. Nothing moves\n" +
      "back, and nothing to a pre-release. Where a step fails, what those before it did stays; the same command goes on from there.",
  )
  .option("--check", "only tell what is behind")
  .action(async (options) => (await import("./commands/refresh.ts")).refresh(options));

program
  .command("docs")
  .summary("build the documentation site")
  .description(
    "Builds the documentation site from the guides and the reference, and checks its links.",
  )
  .option("--check", "also open it in Chromium, at the widths of a phone and a desk")
  .option("--serve", "serve it at 127.0.0.1 afterwards")
  .action(async (options) => (await import("./commands/docs.ts")).docs(options));

program
  .command("clean")
  .summary("remove tools from the cache that no checkout has used in a while")
  .description(
    "Removes from the cache the tools that this checkout does not need and no other has used for some days, and says what that frees.",
  )
  .option("--unused-days <days>", "how many days without use, at least 0", "30")
  .option("--dry-run", "say what would be removed, and remove nothing")
  .action(async (options) => (await import("./commands/clean.ts")).clean(options));

program
  .command("test")
  .summary("run every test suite")
  .argument("[filters...]", "only files whose path contains one of these")
  .option("--suite <name>", "only this suite: unit, programs, browser, engine, nodes or traffic")
  .option(
    "-t, --test-name-pattern <pattern>",
    "only tests whose full name matches this regular expression",
  )
  .option(
    "--changed [since]",
    "only files that uncommitted changes reach, or changes since a commit",
  )
  .option(
    "--soak",
    "make the long proofs, as npm run soak does; with files or names of tests, those in full length",
  )
  .option("--repeat <times>", "run everything so many times, from 1 to 100, until a run fails", "1")
  .action(async (filters, options) => (await import("./commands/test.ts")).test(filters, options));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(thrown: unknown): number {
  const error = explained(thrown, localPaths().root);
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2; // it has said why
  if (error instanceof Interrupted) {
    report(error.message);
    return error.exitCode;
  }
  // A RunError is the program's own word to its user, such as a wrong configuration.
  const isRunError = error instanceof Error && "__pulumiRunError" in error;
  const expected = error instanceof UserError || error instanceof ToolchainError || isRunError;
  report(expected || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message));
  return 1;
}
