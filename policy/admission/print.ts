#!/usr/bin/env node
// Prints the rules as ValidatingAdmissionPolicies with their bindings, for `kubectl apply -f -`.
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { parse, stringify } from "yaml";
import { outliveReaders } from "../../preview/closed-output.ts";
import { type AdmissionSettings, admissionPolicies } from "./policies.ts";

outliveReaders();

interface Options {
  readonly settings?: string;
}

function print({ settings }: Options): void {
  const given: AdmissionSettings =
    settings === undefined ? {} : (parse(readFileSync(settings, "utf8")) ?? {});
  const documents = admissionPolicies(given).map((object) => stringify(object, { lineWidth: 0 }));
  process.stdout.write(documents.join("---\n"));
}

const command = new Command("pulumi-kubernetes-services-policies")
  .description("Prints the policies that an API server can check, as YAML for kubectl apply")
  .option("--settings <file>", "a YAML file with allowed, levels and exceptNamespaces")
  .action((options: Options) => {
    try {
      print(options);
    } catch (error) {
      command.error(`error: ${(error as Error).message}`, { exitCode: 64 });
    }
  });
command.parse();
