import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors.ts";

/**
 * Checks that a checkout is what its tag promises.
 *
 * @param tag - the tag, such as `v0.1.0`
 * @throws UserError with every problem at once
 */
export function checkRelease(checkout: string, tag: string): void {
  const text = readFileSync(join(checkout, "package.json"), "utf8");
  const { repository, version } = JSON.parse(text) as {
    readonly repository?: unknown;
    readonly version: string;
  };
  const changes = readdirSync(join(checkout, ".changeset")).filter(
    (name) => name.endsWith(".md") && name !== "README.md",
  );
  const changelog = readFileSync(join(checkout, "CHANGELOG.md"), "utf8");
  const problems = [
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, must be v${version}, the version`]),
    ...(changes.length === 0
      ? []
      : [`.changeset has ${changes.join(", ")}; run npm run changeset -- version and commit it`]),
    // npm compares it with the repository of the workflow: https://docs.npmjs.com/generating-provenance-statements
    ...(repository === undefined
      ? ['package.json has no repository; set it as CONTRIBUTING.md says under "A release"']
      : []),
    ...(changelog.includes(`\n## ${version}\n`) ? [] : [`CHANGELOG.md has no ## ${version}`]),
  ];
  if (problems.length > 0) throw new UserError(["Cannot release:", ...problems].join("\n  "));
}
