import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rememberedLater } from "../../local/files/remembered.ts";
import { checkout } from "../../local/paths.ts";
import {
  build,
  COMPILED,
  type Consumer,
  consumerIn,
  contentOf,
  installed,
  installInto,
  makeConsumer,
  NAME,
  ofCheckout,
  pack,
  QUIET,
} from "./consumers/consumer.ts";
import { jestProject, runJest } from "./consumers/jest.ts";
import { javascript, program, vitestTest } from "./consumers/programs.ts";
import { type Project, type ProjectOptions, projectIn, projects } from "./consumers/projects.ts";
import { repositoryIn } from "./consumers/repository.ts";
import { environment, pulumi } from "./rig.ts";

const TYPESCRIPTS = ["5.0", "5.4", "5.7", "5.9", "6.0"];
/** Those whose projects import every entry. The types of AWS are most of what a compiler reads then, so that not all do. */
const WITH_EVERY_ENTRY = ["5.0", "6.0"];
/** The one of the checkout. */
const OWN_TYPESCRIPT = "6.0";
const TODAY: Project = "Pulumi's template of today";

const JAVASCRIPT = "JavaScript";
const started: readonly (Project | typeof JAVASCRIPT)[] = [
  "Pulumi's template of 2024",
  TODAY,
  "an ES module",
  JAVASCRIPT,
];
const runCells = (["22", "24"] as const).flatMap((node) =>
  started.map((project) => [node, project] as const),
);
const vitestCells = [
  [3, true],
  [4, false],
  [5, false],
  [5, true],
] as const;
const installCells: readonly Record<string, string>[] = [
  { vitest: "^3", "@pulumi/aws": "^6" },
  { vitest: "^4" },
  { vitest: "^5", "@pulumi/aws": "^7" },
];
const LEAST_CELLS = 32;

let tarball: string;
let tools: string;
/** A folder in which npm has installed the package from its repository, which builds it, beside the oldest versions that it takes. */
let oldest: Consumer;
/** A folder in which npm has installed the tarball beside the newest versions that the package takes. */
let newest: Consumer;
/** A folder with the tarball and the packages of the checkout. */
let common: Consumer;
const folders: string[] = [];
const cells: string[] = [];

const newFolder = (prefix: string): string => {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  folders.push(folder);
  return folder;
};
const inCheckout = (name: string) => join(checkout, "node_modules", name);
const tool = (name: string) => join(tools, "node_modules", name);

/** A consumer of its own, with the SDK and the provider of the checkout. */
async function consumer(more: Readonly<Record<string, string>> = {}): Promise<Consumer> {
  const made = await makeConsumer(tarball, {
    ...ofCheckout("@pulumi/kubernetes", "@pulumi/pulumi", "@kubernetes/client-node", "yaml"),
    "@types/node": tool("types-node-18"),
    ...more,
  });
  folders.push(made.folder);
  return made;
}

async function fromRepository(): Promise<Consumer> {
  return installInto("oldest", await repositoryIn(newFolder("repository-")));
}

async function fromTarball(): Promise<void> {
  [tarball, tools] = await Promise.all([pack(newFolder("packed-")), installed("tools")]);
  newest = await installInto("newest", tarball);
  common = await consumer({
    ...ofCheckout("@pulumi/aws", "vitest"),
    typescript: tool("typescript-5.4"),
  });
}

beforeAll(async () => {
  [oldest] = await Promise.all([fromRepository(), fromTarball()]);
}, 900_000);

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** TypeScript 6 takes an option that goes with this one alone. */
const deprecations = (version: string) =>
  version.startsWith("6") ? { ignoreDeprecations: "6.0" } : {};

/** TypeScript 6 takes no types of its own accord. */
const types = (version: string) => (version.startsWith("6") ? { types: ["node"] } : {});

/** Makes a project of every kind and compiles them in one go, so that what they share is read once. @returns what the compiler says */
async function compile(version: string, everyEntry: boolean): Promise<string> {
  const names = projects.map((project, index) => {
    const name = `types-${version}-${index}`;
    projectIn(join(common.folder, name), project, {
      compilerOptions: { ...deprecations(version), ...types(version) },
      everyEntry: everyEntry && project === TODAY,
    });
    return name;
  });
  const isOwn = version === OWN_TYPESCRIPT;
  const compiler = isOwn ? inCheckout("typescript") : tool(`typescript-${version}`);
  const about = [version, everyEntry, projects];
  return rememberedLater({ kind: `types/${version}`, about, files: COMPILED }, () =>
    build(common, compiler, names),
  );
}

/** Vitest of a consumer, whatever the checkout says about its own. */
function runVitest({ run, write }: Consumer) {
  write("web.test.js", vitestTest);
  write("vitest.config.js", "export default {};\n");
  return run("vitest/vitest.mjs", ["run", "--no-color", "--testTimeout=60000"]);
}

describe("consumers", { timeout: 300_000 }, () => {
  test("npm builds from the repository what the tarball has", () => {
    const content = contentOf(oldest);

    expect(content).toEqual(contentOf(common));
    expect(Object.keys(content)).toContain("dist/components/index.js");
    cells.push("npm, from the repository");
  });

  test.each(TYPESCRIPTS)("TypeScript %s type-checks in every kind of project", async (version) => {
    expect(await compile(version, WITH_EVERY_ENTRY.includes(version))).toBe("");

    cells.push(...projects.map((project) => `TypeScript ${version}, ${project}`));
  });

  test("control: does not type-check the one project that is wrong", async () => {
    projectIn(join(common.folder, "right"), "an ES module");
    const wrong = projectIn(join(common.folder, "wrong"), "Pulumi's template of 2024");
    wrong.write("index.ts", program.replace("containerPort: 8080", 'containerPort: "8080"'));

    const said = await build(common, tool("typescript-5.4"), ["right", "wrong"]);

    expect(said).toContain("Type 'string' is not assignable to type");
    expect(said.split("\n").filter((line) => /^\S+\(\d/.test(line))).toEqual([
      expect.stringMatching(/^wrong\/index\.ts\(/),
    ]);
  });

  test.each(runCells)("Node %s, started by Pulumi, previews %s", async (node, project) => {
    // The older Node has what the repository gives, the oldest SDK and TypeScript; the newer one the tarball and those of the checkout.
    const [{ folder }, typescript] = node === "22" ? [oldest, "5.0"] : [common, OWN_TYPESCRIPT];
    const name = `run-${node}-${started.indexOf(project)}`;
    const template = project === JAVASCRIPT ? "Pulumi's template of 2024" : project;
    const made = projectIn(join(folder, name), template, {
      compilerOptions: deprecations(typescript),
    });
    made.write("index.cjs", javascript);

    const main = project === JAVASCRIPT ? "index.cjs" : "index.ts";
    await preview(made, node, main, { typescript: project.startsWith("Pulumi") });

    cells.push(`Node ${node}, ${project}`);
  });

  test.each(vitestCells)(
    "Vitest %i runs a test, with @pulumi/aws: %s",
    async (version, withAws) => {
      const vitest = {
        3: join(oldest.folder, "node_modules/vitest"),
        4: tool("vitest-4"),
        5: inCheckout("vitest"),
      }[version];
      const made = await consumer({ ...(withAws ? ofCheckout("@pulumi/aws") : {}), vitest });
      made.write("package.json", { private: true, type: "module" });

      const { stdout, stderr } = await runVitest(made);

      expect(stdout, stderr).toMatch(/Tests +1 passed/);
      cells.push(`Vitest ${version}, ${withAws ? "with" : "without"} @pulumi/aws`);
    },
  );

  test("Jest runs the test of the guide, whose types hold", async () => {
    const made = jestProject(newest);

    const checked = await made.run("typescript/bin/tsc", ["-p", "types.json"]);
    const { stderr } = await runJest(made);

    expect(checked.stdout).toBe("");
    expect(stderr).toMatch(/Tests: +1 passed/);
    cells.push("Jest 30");
  });

  test.each([
    ["oldest", () => oldest],
    ["newest", () => newest],
  ] as const)("works with the %s packages it takes", async (which, get) => {
    const made = get();
    const options: ProjectOptions = { compilerOptions: { noEmit: true, types: ["node"] } };
    const { run } = projectIn(join(made.folder, "types"), "an ES module", options);

    const checked = await run("typescript/bin/tsc", ["-p", "."]);
    const tested = await runVitest(made);

    expect(checked.stdout).toBe("");
    expect(tested.stdout, tested.stderr).toMatch(/Tests +1 passed/);
    cells.push(`${which} packages`);
  });

  test.each(installCells)("is installed by npm beside %j", async (peers) => {
    const { exitCode, stderr } = await resolve(peers);

    expect(exitCode, stderr).toBe(0);
    cells.push(`npm, ${Object.entries(peers).flat().join(" ")}`);
  });

  test("control: npm refuses a peer that is too old", async () => {
    const { exitCode, stderr } = await resolve({ vitest: "^2" });

    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("ERESOLVE");
  });

  test("is installed and loaded with pnpm", async () => {
    const pnpm = [tool("pnpm/bin/pnpm.cjs"), "install", "--ignore-scripts", "--silent"];
    const { exitCode, stdout, folder } = await install(process.execPath, pnpm, {});
    const made = consumerIn(folder);
    made.write("loads.mjs", `import { Backend } from "${NAME}";\nconsole.log(typeof Backend);\n`);

    expect(exitCode, stdout).toBe(0);
    expect((await made.run("loads.mjs")).stdout).toBe("function");
    cells.push("pnpm");
  });

  test("tells which cells were seen", async ({ annotate }) => {
    expect(cells.length).toBeGreaterThanOrEqual(LEAST_CELLS);
    await annotate(`Consumers: ${cells.length} cells work: ${cells.join("; ")}`, "figure");
  });
});

/** Has npm choose the versions of the package and others, without installing them. */
const resolve = (peers: Record<string, string>) =>
  install("npm", ["install", "--package-lock-only", ...QUIET], peers);

/** Installs the package with others in a new folder; what fails is for the test to judge. */
async function install(command: string, args: readonly string[], more: Record<string, string>) {
  const folder = newFolder("installs-");
  const dependencies = {
    "@pulumi/kubernetes": "4.25.0",
    "@pulumi/pulumi": "3.276.0",
    [NAME]: `file:${tarball}`,
    ...more,
  };
  consumerIn(folder).write("package.json", { private: true, dependencies });
  const result = await execa(command, args, { cwd: folder, reject: false });
  return { ...result, folder };
}

async function preview(
  { folder, write }: Consumer,
  node: string,
  main: string,
  options: object,
): Promise<void> {
  const stack = ["--stack", "dev"];
  write("Pulumi.yaml", { name: "consumer", main, runtime: { name: "nodejs", options } });
  const first = node === "22" ? [join(tool("node-22"), "bin")] : [];
  // Nothing that only this checkout's own programs have.
  const env = { NODE_OPTIONS: "", PATH: [...first, environment["PATH"]].join(delimiter) };
  await pulumi(["stack", "init", "dev", "--no-select"], { cwd: folder, env });

  const { exitCode, output } = await pulumi(["preview", ...stack], { cwd: folder, env });

  expect(exitCode, output).toBe(0);
  expect(output).toContain("kubernetes:apps/v1:Deployment");
  await pulumi(["stack", "rm", "--yes", "--force", ...stack], { cwd: folder, env });
}
