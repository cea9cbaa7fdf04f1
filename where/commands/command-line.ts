import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { CannotTellError, messageOf, UsageError } from "../errors.ts";
import { ExitCode } from "../report.ts";
import { completionOf } from "./completion.ts";
import type { Output } from "./output.ts";

const AFTER = `
Examples:
  where-is-my-pod web -n shop
  where-is-my-pod deployment/web --from shop/client
  where-is-my-pod --all -n shop
  where-is-my-pod --serve -n shop

Exit codes:
  0   nothing on the way is broken
  1   something is broken; the first broken link is named
  2   could not tell: something decisive could not be seen, or is only likely
  64  the command line is wrong`;

/** Runs the command line and returns the exit code. It never throws. */
export async function runCommandLine(
  args: readonly string[],
  output: Output = process,
): Promise<number> {
  let exitCode: number = ExitCode.Healthy;
  const program = commandLine(output, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode : ExitCode.Usage;
    const expected = error instanceof UsageError || error instanceof CannotTellError;
    output.stderr.write(`${expected ? messageOf(error) : `Unexpected: ${messageOf(error)}`}\n`);
    return error instanceof UsageError ? ExitCode.Usage : ExitCode.Unknown;
  }
}

function commandLine(output: Output, done: (exitCode: number) => void): Command {
  const program = new Command("where-is-my-pod")
    .description(
      "Walks from the address to the containers and names the first broken link. It only reads",
    )
    .argument(
      "[target]",
      "NAME or KIND/NAME of a Service, Deployment, StatefulSet, DaemonSet, Pod or Ingress",
    )
    .option("-n, --namespace <namespace>", "the namespace; the context's own if absent")
    .option("--context <context>", "the context of the kubeconfig")
    .option("--kubeconfig <path>", "the kubeconfig; that of the environment if absent")
    .option("--from <caller>", "who calls: an address, a namespace, pod/NAME or NAMESPACE/NAME")
    .option("--port <port>", "the port that is called")
    .option("--all", "every Service of the namespace")
    .option("--json", "print JSON; --schema prints its schema")
    .option("--watch", "print the answer whenever it has changed and settled")
    .option("--serve", "serve a live page of the namespace to this machine, until interrupted")
    .option(
      "--declared <path>",
      "compare with what a program declares: manifests, or pulumi stack export; - is standard input",
    )
    .option("--record <path>", "also write what was read, without anything secret")
    .option("--replay <path>", "answer from a recording, without a cluster")
    .option("--timeout <seconds>", "how long one request may take", "10")
    .option("--schema", "print the JSON schema of --json")
    .option("--completion <shell>", "print the completion of bash, zsh or fish")
    .addHelpText("after", AFTER)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.stdout.write(text),
      writeErr: (text) => output.stderr.write(text),
    });
  return program.action(async (target: string | undefined, line) => {
    if (line.schema) {
      output.stdout.write(readFileSync(new URL("../report.schema.json", import.meta.url), "utf8"));
      return;
    }
    if (line.completion !== undefined) {
      output.stdout.write(
        completionOf(
          line.completion,
          program.options.flatMap(({ long }) => long ?? []),
        ),
      );
      return;
    }
    if (line.serve) {
      done(await (await import("./serve.ts")).serve(target, line, output));
      return;
    }
    // Loaded when it is asked for: the client library takes most of a second.
    done(await (await import("./run.ts")).run(target, line, output));
  });
}
