import { describe, expect, test } from "vitest";
import { Backend, InvalidArgsError, NodePortService } from "../../../components/index.ts";
import { runAws } from "../aws/run-aws.ts";
import { backendRows } from "../inputs/backend-rows.ts";
import { nodePortRows } from "../inputs/entrance-rows.ts";
import { ANYTHING_GOES, type InputRow } from "../inputs/input-row.ts";
import { cluster, smallest } from "../support/args.ts";
import { backends } from "./advice/backends.ts";
import { patches } from "./advice/patches.ts";
import { programs } from "./advice/programs.ts";
import { type Text, texts, textsIn } from "./advice/texts.ts";

const all = texts();
const counts = { refusals: 0, ways: 0 };
const followed = new Set<string>();

/** What is refused only with a cluster or an engine there, with the tests in which it is. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "readiness/endpoints/failure-text.ts": "tests/unit/readiness/endpoints/failure-text.test.ts",
  "cluster/engine-features.ts": "tests/unit/cluster",
  "overrides/adopt.ts": "tests/unit/overrides/adopt.test.ts",
};

/** As many letters has a text that says more than that something else must be there. */
const TELLING = "must differ from ".length;

/** The texts of the source that a problem may be: those that say more than any text does, if there are some. */
function sourcesOf(message: string): readonly Text[] {
  const must = message.slice(message.indexOf("must "));
  const found = all.filter(({ pattern }) => pattern.test(must));
  const telling = found.filter(({ letters }) => letters >= TELLING);
  return telling.length === 0 ? found : telling;
}

/** Runs what is refused, and then each program of those who follow its text. */
async function follow(wrong: () => unknown, right: readonly (() => unknown)[]): Promise<void> {
  const failure = await runAws(wrong).catch((error: unknown) => error);
  if (!(failure instanceof InvalidArgsError)) {
    throw new Error(`It is taken, or fails otherwise: ${failure}`);
  }
  for (const { message } of failure.problems) {
    const sources = sourcesOf(message);
    expect(sources.length, message).toBeGreaterThan(0);
    for (const { at } of sources) followed.add(at);
  }
  for (const program of right) await runAws(program);
  counts.refusals += failure.problems.length;
  counts.ways += right.length;
}

const web = (args: object) => () => new Backend("web", { ...smallest, ...args } as never);
const dev = (args: object) => () =>
  new NodePortService("dev", {
    ...{ cluster, ports: [{ port: 80, targetPort: "http" }] },
    ...args,
  } as never);

describe("what texts of refusals name is taken", () => {
  test.each([...backends, ...patches])("Backend: %#", async (wrong, ...right) => {
    await follow(web(wrong), right.map(web));
  });

  test.each(programs)("programs: %#", async (wrong, ...right) => {
    await follow(wrong, right);
  });

  test.each([
    ["Backend", backendRows, web],
    ["NodePortService", nodePortRows, dev],
  ] as const)("%s: the values of every Input field", async (_, rows, program) => {
    const judged = (rows as readonly InputRow[]).filter(({ bad }) => bad !== ANYTHING_GOES);
    for (const { bad, given, good } of judged) {
      await follow(program(given(bad as never)), [program(given(good as never))]);
    }
  });
});

describe("the texts", () => {
  test("are followed, every one that the components have", async ({ annotate }) => {
    const left = all.filter(
      ({ at }) => !followed.has(at) && !Object.hasOwn(ELSEWHERE, at.replace(/:.*/, "")),
    );

    expect(left.map(({ at, pattern }) => `${at} ${pattern.source}`)).toEqual([]);
    await annotate(
      `Advice: ${followed.size} texts of the components besides load balancers, in ${counts.refusals} refusals and ${counts.ways} ways that each is taken`,
      "figure",
    );
  });

  test("control: a text in a source is found, with any values in it", () => {
    const [plain, filled] = textsIn(
      "a.ts",
      `const a = "must be lucky";\nconst b = \`must be \${a}; use \${b}\`;`,
    );

    expect(plain?.pattern.test("must be lucky")).toBe(true);
    expect(filled).toMatchObject({ at: "a.ts:2" });
    expect(filled?.pattern.test("must be 5; use 6")).toBe(true);
    expect(filled?.pattern.test("must be 5")).toBe(false);
  });
});
