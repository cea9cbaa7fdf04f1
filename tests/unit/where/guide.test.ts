import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkout } from "../../../local/paths.ts";
import { FOREIGN_POLICIES } from "../../../where/collect/foreign-policies.ts";
import { RESOURCES } from "../../../where/collect/resources.ts";
import { reportOn } from "../../../where/commands/answer.ts";
import { CAUSES } from "../../../where/diagnosis/causes/all.ts";
import { renderReport } from "../../../where/render/terminal.ts";
import { BROKEN_SERVICES } from "./cases/broken-services.ts";
import { stateOf } from "./cases/case.ts";
import { causesText, MARK } from "./causes-text.ts";

const path = join(checkout, "docs/guide/where-is-my-pod.md");
const guide = readFileSync(path, "utf8");

/** A rule of the role. */
interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

describe("docs/guide/where-is-my-pod.md", () => {
  it("has a section for each cause, as the rules have it", async () => {
    const [before] = guide.split(MARK);

    await expect(`${before}${MARK}\n\n${causesText()}`).toMatchFileSnapshot(path);
    for (const { cause } of CAUSES) expect(causesText()).toContain(`#### ${cause}\n`);
  });

  it("shows what the command prints", () => {
    const [, shown = ""] = /where-is-my-pod web -n shop\n([\s\S]*?)```/.exec(guide) ?? [];
    const [shownCase] = BROKEN_SERVICES.filter(({ cause }) => cause === "target-port-name-missing");
    if (shownCase === undefined) throw new Error("The case is gone");

    const report = reportOn({ ...stateOf(shownCase) }, false);

    expect(stripVTControlCharacters(renderReport(report, false))).toBe(shown);
  });

  it("grants what the command reads, and no Secrets", () => {
    const [, role = ""] = /```yaml role\n([\s\S]*?)```/.exec(guide) ?? [];

    for (const { plural } of Object.values(RESOURCES)) expect(role).toContain(plural);
    const { rules } = parse(role) as { readonly rules: readonly Rule[] };
    const granted = rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) => resources.map((it) => `${group}/${it}: ${verbs.join()}`)),
    );
    const own = Object.values(RESOURCES).map(
      ({ api, plural }) => `${/^apis\/([^/]+)/.exec(api)?.[1] ?? ""}/${plural}`,
    );
    const foreign = Object.entries(FOREIGN_POLICIES).flatMap(([group, policies]) =>
      policies.map(([, plural]) => `${group}/${plural}`),
    );
    expect(granted).toEqual(
      expect.arrayContaining([...own, ...foreign].map((it) => `${it}: get,list`)),
    );
    expect(role).not.toMatch(/secrets|create|update|patch|delete|\*/);
  });

  it("says how many causes there are", () => {
    expect(guide).toContain(`${CAUSES.length} causes`);
  });
});
