import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rememberedLater } from "../../../local/files/remembered.ts";
import { checkout } from "../../unit/support/analyze.ts";
import { backendField } from "./backend-field.ts";
import { controller } from "./controller.ts";
import { option } from "./option.ts";
import { apply, editedFiles, filesOf, listedFiles, type Walk } from "./walk.ts";

const walks: readonly Walk[] = [controller, option, backendField];
const MILLISECONDS = 600_000;

/** What no test of the copy needs. */
const LEFT_OUT = [".git", ".local", "dist", "docs/api", "node_modules"];

/** The tests that write the names of the arguments, which the components read, and their table. */
const WRITING = ["tests/unit/argument-names.test.ts", "tests/unit/argument-tables.test.ts"];

/** The tests that read the arguments as a whole, in one process, which analyzes them once; they write the page and the schema. */
const ANALYZED = [
  "tests/unit/documentation.test.ts",
  "tests/unit/inputs/inputs.test.ts",
  "tests/unit/load-balancer/controllers-page.test.ts",
  "tests/unit/package/api-report.test.ts",
  "tests/unit/package/schema.test.ts",
];
const OF_ARGUMENTS =
  "guide: |clouds.md|has a row|args.schedulerName|args.nodeSelector |tables that the dialects yield|api.golden.txt|schema.golden.yaml";

/** The other tests of what the walks change. */
const CONCERNED = [
  ...WRITING,
  "tests/unit/load-balancer-service.test.ts",
  "tests/unit/load-balancer/controllers-page.test.ts",
  "tests/unit/load-balancer/garbage.test.ts",
  "tests/unit/load-balancer/generated.test.ts",
  "tests/unit/load-balancer/mutations.test.ts",
  "tests/unit/load-balancer/source-ranges.test.ts",
  "tests/unit/load-balancer/tables.test.ts",
  "tests/unit/structure/",
];
/** Of the slow ones only those of the new controller. */
const NOT_OF_OTHERS =
  "^(?!.*(when it is changed|source ranges of|anything at all|mutations: ))|cilium-lb-ipam|CiliumLbIpam";

/** What the compiler reads. */
const COMPILED = [
  "components",
  "tests/unit/load-balancer",
  "tests/unit/inputs",
  "tests/engine/fuzz/arbitraries",
];

/** What they import, themselves among it. */
const IMPORTED = "{components,local,plugin,policy,preview,testing,tests,where}/**/*.{ts,tsx}";

let root: string;
let folder: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "walks-"));
  folder = join(root, "copy");
  cpSync(checkout, folder, {
    recursive: true,
    filter: (path) => !LEFT_OUT.includes(relative(checkout, path)),
  });
  for (const place of [root, folder]) {
    symlinkSync(join(checkout, "node_modules"), join(place, "node_modules"));
  }
  const include = COMPILED.map((path) => `copy/${path}`);
  const config = JSON.stringify({ extends: "./copy/tsconfig.json", include });
  writeFileSync(join(root, "tsconfig.json"), config);
  for (const walk of walks) {
    apply(walk, folder);
  }
}, MILLISECONDS);
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** Runs a command of the package's in the copy. */
async function run(...[command = "", ...args]: readonly string[]) {
  const { all, failed } = await execa(command, args, {
    cwd: folder,
    all: true,
    preferLocal: true,
    localDir: checkout,
    reject: false,
    stdin: "ignore",
    timeout: MILLISECONDS,
  });
  return { failed, output: all };
}

/** Compiles the copy. @throws Error with what the compiler says when it fails, so that a failure is not remembered */
async function compile(): Promise<string> {
  const { failed, output } = await run("tsc", "-p", "..");
  if (failed) throw new Error(`The copy does not compile:\n${output}`);
  return output;
}

const unitTests = (...args: readonly string[]) =>
  run("vitest", "run", "--project", "unit", "--reporter", "verbose", ...args);

/** The files of the copy that are not as in the checkout. */
function changedFiles(): readonly string[] {
  const files = globSync("**/*", { cwd: folder, withFileTypes: true, exclude: ["node_modules"] })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return files.filter((file) => textOf(checkout, file) !== textOf(folder, file)).sort();
}

function textOf(root: string, file: string): string | undefined {
  try {
    return readFileSync(join(root, file), "latin1");
  } catch {
    return undefined;
  }
}

test.each(walks)(
  "walks: $adds needs no more files edited than its limit, and those that its page lists",
  async (walk) => {
    const files = filesOf(walk);
    const page = readFileSync(join(checkout, walk.page), "utf8");

    expect(editedFiles(walk).length).toBeLessThanOrEqual(walk.limit);
    expect(listedFiles(page, walk.heading)).toEqual(files);
  },
);

test("walks: compile when they have all been made", { timeout: MILLISECONDS }, async () => {
  const compiled = { kind: "walks", about: COMPILED, files: [IMPORTED] };

  const said = await rememberedLater(compiled, compile, folder);

  expect(said).toBe("");
});

test("walks: pass the tests that they concern, and change no other file, when they have all been made", {
  timeout: MILLISECONDS,
}, async ({ annotate }) => {
  const args = ["-t", OF_ARGUMENTS, "--maxWorkers", "1", "-u"];
  const written = await unitTests(
    ...WRITING,
    "-t",
    "^the names of arguments|^docs/arguments.md",
    "-u",
  );
  const analyzed = await unitTests(...ANALYZED, ...args);
  const others = await unitTests(...CONCERNED, "-t", NOT_OF_OTHERS);

  for (const { failed, output } of [written, analyzed, others]) {
    expect(failed, output).toBe(false);
  }
  expect(analyzed.output).toMatch(/✓.*schedulerName/);
  expect(others.output).toMatch(/✓.*CiliumLbIpam/);
  expect(others.output).toMatch(/✓.*cilium-lb-ipam.ts when it is changed/);
  expect(changedFiles()).toEqual([...new Set(walks.flatMap(filesOf))].sort());
  const counts = walks.map(
    (walk) =>
      `${walk.adds} ${editedFiles(walk).length} of at most ${walk.limit} (and ${walk.written.length} that tests write)`,
  );
  await annotate(`Walks: files edited for ${counts.join(", ")}`, "figure");
});

// The control: the tests of the copy see a walk that was made badly.
test("walks: fail the tests that they concern when an annotation is another one", {
  timeout: MILLISECONDS,
}, async () => {
  const file = "components/load-balancer/dialects/cilium-lb-ipam.ts";
  const [after, text] = ['key("sharing-key")]: shared', "Wrong"];
  apply({ ...controller, files: {}, insertions: [{ file, after, text }] }, folder);

  const { failed, output } = await unitTests(
    "tests/unit/load-balancer/tables.test.ts",
    "-t",
    "CiliumLbIpam",
  );

  expect(failed).toBe(true);
  expect(output).toContain("sharedAddressKey");
});

test("walks: are refused when what an insertion follows is not there once", () => {
  const twice = { file: "CHANGELOG.md", after: "|---|---|", text: "" };
  const never = { ...twice, after: "no such line" };

  expect(() => apply({ ...option, insertions: [twice] }, folder)).toThrow(
    /CHANGELOG.md has \d+ times/,
  );
  expect(() => apply({ ...option, insertions: [never] }, folder)).toThrow(
    /CHANGELOG.md has 0 times/,
  );
});
