import type { core } from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Checks } from "../validation/checks.ts";
import { absolutePath, anyString, nonEmptyString } from "../validation/rules.ts";
import { readStringList } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";

/** What a container runs from its image. */
export interface ProcessArgs {
  /**
   * The program and its first arguments, in place of the image's entrypoint, without a shell.
   *
   * @default - the image's entrypoint
   */
  readonly command?: pulumi.Input<string>[];
  /**
   * The program's arguments, in place of the image's.
   *
   * @default - the image's; with `command` none
   */
  readonly args?: pulumi.Input<string>[];
  /**
   * The directory in which the program starts, as an absolute path.
   *
   * @default - the image's
   */
  readonly workingDir?: pulumi.Input<string>;
}

/** Reads what a container runs, as fields of its spec. */
export function readProcess(
  checks: Checks,
  path: string,
  { args, command, workingDir }: ProcessArgs,
): Partial<core.v1.Container> {
  const program = checks.list(`${path}.command`, command ?? [], 0, "words");
  return withoutEmpty({
    command: program.map((word, index) =>
      checks.input(`${path}.command[${index}]`, word, index === 0 ? nonEmptyString : anyString),
    ),
    args: readStringList(checks, `${path}.args`, args, "words", anyString),
    workingDir:
      workingDir === undefined
        ? undefined
        : checks.input(`${path}.workingDir`, workingDir, absolutePath),
  });
}
