import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkout } from "../../local/paths.ts";
import { amount, isSoak } from "../shared/soak.ts";
import {
  type Consumer,
  consumerIn,
  installed,
  makeConsumer,
  NAME,
  ofCheckout,
  pack,
  QUIET,
} from "./consumers/consumer.ts";
import { environment, pulumi } from "./rig.ts";

/** Projects of consumers, by the options of TypeScript and the package.json that make them differ. */
const PROJECTS = {
  "Pulumi's template of 2024": {
    options: { target: "es2020", module: "commonjs", moduleResolution: "node" },
    type: "commonjs",
  },
  "Pulumi's template of today": {
    options: { target: "es2020", module: "nodenext", moduleResolution: "nodenext" },
    type: "commonjs",
  },
  "an ES module": {
    options: { target: "es2022", module: "nodenext", moduleResolution: "nodenext" },
    type: "module",
  },
  "a bundler": {
    options: { target: "es2022", module: "esnext", moduleResolution: "bundler" },
    type: "module",
  },
} as const;
type Project = keyof typeof PROJECTS;

/** What every project has its compiler do. */
const CHECKED = { strict: true, noEmit: true, skipLibCheck: true };

const TYPESCRIPTS = ["5.0", "5.4", "5.7", "5.9", "6.0"];
const projects = Object.keys(PROJECTS) as Project[];

// The long proofs try everything with everything; every run has each version, each kind of project and each way to install once.
const typeCells: readonly (readonly [string, Project])[] = isSoak
  ? TYPESCRIPTS.flatMap((version) => projects.map((project) => [version, project] as const))
  : [
      ["5.0", "Pulumi's template of 2024"],
      ["5.4", "a bundler"],
      ["5.7", "Pulumi's template of today"],
      ["5.9", "an ES module"],
      ["6.0", "Pulumi's template of 2024"],
    ];
const JAVASCRIPT = "JavaScript";
const started: readonly (Project | typeof JAVASCRIPT)[] = [
  "Pulumi's template of 2024",
  "Pulumi's template of today",
  "an ES module",
  JAVASCRIPT,
];
const runCells = isSoak
  ? ["22", "24"].flatMap((node) => started.map((project) => [node, project] as const))
  : started.map((project, index) => [index < 2 ? "22" : "24", project] as const);
const vitestCells = ([3, 4, 5] as const).flatMap((version) =>
  (isSoak ? [true, false] : [version === 5]).map((withAws) => [version, withAws] as const),
);
const installCells: readonly Record<string, string>[] = [
  { vitest: "^3", "@pulumi/aws": "^6" },
  { vitest: "^4" },
  { vitest: "^5", "@pulumi/aws": "^7" },
].slice(0, amount(1, 3));
const LEAST_CELLS = amount(16, 32);

const program = `
import * as k8s from "@pulumi/kubernetes";
import { Backend, Entrance, Exposure, LoadBalancerController, LoadBalancerService } from "${NAME}";
import { Backend as SameBackend } from "${NAME}/components";

const shop = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } });
const web: SameBackend = new Backend("web", {
  namespace: "shop",
  image: "registry.example/web:1.0.0",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
  entrances: [Entrance.LoadBalancer],
}, { dependsOn: [shop] });
const front = new LoadBalancerService("front", {
  cluster: { controller: LoadBalancerController.AwsCloudControllerNlb, allowPublic: true },
  target: web.target,
  exposure: Exposure.Public,
  sourceRanges: ["0.0.0.0/0"],
  ports: [{ port: 80, targetPort: "http" }],
});
export const url = front.urls.apply((it) => it["http"]);
`;

/** The other entries of the package, which need peers that not every consumer has. */
const entries = `
import { ElasticIps } from "${NAME}/aws";
import { renderProgram } from "${NAME}/testing";
import { matchers } from "${NAME}/testing/matchers";
export const used: unknown[] = [ElasticIps, renderProgram, matchers];
`;

const javascript = `
const { Backend } = require("${NAME}");
const { target } = new Backend("web", {
  namespace: "shop",
  image: "registry.example/web:1.0.0",
  ports: [{ name: "http", containerPort: 8080, port: 80 }],
  readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
});
exports.target = target.selector;
`;

const vitestTest = `
import { Backend } from "${NAME}";
import { renderProgram } from "${NAME}/testing";
import { matchers } from "${NAME}/testing/matchers";
import { expect, test } from "vitest";

expect.extend(matchers);

test("Backend", async () => {
  const program = () => {
    new Backend("web", {
      namespace: "shop",
      image: "registry.example/web:1.0.0",
      ports: [{ name: "http", containerPort: 8080, port: 80 }],
      readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    });
  };
  const { manifests } = await renderProgram(program, { project: "shop", stack: "dev" });
  const find = (kind) => manifests.find((it) => it.kind === kind);

  expect(find("Service")).toSelect(find("Deployment"));
  expect(find("Service")).not.toBePublic();
});
`;

let tarball: string;
let tools: string;
/** Folders in which npm has installed the package beside the oldest and the newest versions that it takes. */
let ends: Readonly<Record<"oldest" | "newest", string>>;
let common: Consumer;
const folders: string[] = [];
const cells: string[] = [];

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

beforeAll(async () => {
  const packed = mkdtempSync(join(tmpdir(), "packed-"));
  folders.push(packed);
  [tarball, tools] = await Promise.all([pack(packed), installed("tools")]);
  ends = { oldest: await beside("oldest"), newest: await beside("newest") };
  common = await consumer({
    ...ofCheckout("@pulumi/aws", "vitest"),
    typescript: tool("typescript-5.4"),
  });
}, 600_000);

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Has npm install the package into a folder with other packages. */
async function beside(name: string): Promise<string> {
  const folder = await installed(name);
  // The one of an earlier run has the same version, and npm might leave it.
  rmSync(join(folder, "node_modules", NAME), { recursive: true, force: true });
  const args = ["install", "--no-save", "--no-package-lock", ...QUIET, tarball];
  await execa("npm", args, { cwd: folder });
  return folder;
}

/** A project below the packages of another folder. */
function projectOf(name: string, project: Project, parent = common.folder): Consumer {
  const { options, type } = PROJECTS[project];
  const made = consumerIn(join(parent, name), join(parent, "node_modules"));
  made.write("package.json", { private: true, type, main: "index.ts" });
  made.write("tsconfig.json", { compilerOptions: { ...options, ...CHECKED }, files: ["index.ts"] });
  made.write("index.ts", program);
  return made;
}

describe("consumers", { timeout: 300_000 }, () => {
  test.each(typeCells)("TypeScript %s type-checks in %s", async (version, project) => {
    const made = projectOf(`types-${version}-${projects.indexOf(project)}`, project);
    const compilerOptions = {
      ...PROJECTS[project].options,
      ...CHECKED,
      // TypeScript 6 wants to be told that one knows that it goes.
      ...(version.startsWith("6") ? { ignoreDeprecations: "6.0", types: ["node"] } : {}),
    };
    // The types of AWS are most of what a compiler reads, so that one project has them.
    const files =
      project === "Pulumi's template of today" ? ["index.ts", "entries.ts"] : ["index.ts"];
    made.write("tsconfig.json", { compilerOptions, files });
    made.write("entries.ts", entries);
    const compiler =
      version === "6.0" ? join(checkout, "node_modules/typescript") : tool(`typescript-${version}`);

    const { stdout } = await execa(process.execPath, [join(compiler, "bin/tsc"), "-p", "."], {
      cwd: made.folder,
      reject: false,
    });

    expect(stdout).toBe("");
    cells.push(`TypeScript ${version}, ${project}`);
  });

  test("control: does not type-check what is wrong", async () => {
    const made = projectOf("wrong", "Pulumi's template of 2024");
    made.write("index.ts", program.replace("containerPort: 8080", 'containerPort: "8080"'));

    const { stdout } = await made.run("typescript/bin/tsc", ["-p", "."]);

    expect(stdout).toContain("Type 'string' is not assignable to type");
  });

  test.each(runCells)("Node %s, started by Pulumi, previews %s", async (node, project) => {
    const template = project === JAVASCRIPT ? "Pulumi's template of 2024" : project;
    const name = `run-${node}-${started.indexOf(project)}`;
    const made = projectOf(name, template, ends.oldest);
    made.write("index.cjs", javascript);

    const main = project === JAVASCRIPT ? "index.cjs" : "index.ts";
    await preview(made, node, main, { typescript: project.startsWith("Pulumi") });

    cells.push(`Node ${node}, ${project}`);
  });

  test.each(vitestCells)(
    "Vitest %i runs a test, with @pulumi/aws: %s",
    async (version, withAws) => {
      const vitest = {
        3: join(ends.oldest, "node_modules/vitest"),
        4: tool("vitest-4"),
        5: join(checkout, "node_modules/vitest"),
      }[version];
      const made = await consumer({
        ...(withAws ? ofCheckout("@pulumi/aws") : {}),
        vitest,
      });
      made.write("package.json", { private: true, type: "module" });
      made.write("web.test.js", vitestTest);

      const { stdout, stderr } = await made.run("vitest/vitest.mjs", [
        "run",
        "--no-color",
        "--testTimeout=60000",
      ]);

      expect(stdout, stderr).toMatch(/Tests +1 passed/);
      cells.push(`Vitest ${version}, ${withAws ? "with" : "without"} @pulumi/aws`);
    },
  );

  test.each(["oldest", "newest"] as const)("works with the %s packages it takes", async (which) => {
    const made = consumerIn(ends[which]);
    made.write("tsconfig.json", {
      compilerOptions: {
        ...PROJECTS["an ES module"].options,
        ...CHECKED,
        types: ["node"],
      },
      files: ["index.ts"],
    });
    made.write("index.ts", program);
    made.write("web.test.js", vitestTest);

    made.write("vitest.config.js", "export default {};\n"); // not the checkout's

    const checked = await made.run("typescript/bin/tsc", ["-p", "."]);
    const tested = await made.run("vitest/vitest.mjs", [
      "run",
      "--no-color",
      "--testTimeout=60000",
    ]);

    expect(checked.stdout).toBe("");
    expect(tested.stdout, tested.stderr).toMatch(/Tests +1 passed/);
    cells.push(`${which} packages`);
  });

  test.each(installCells)("is installed by npm beside %j", async (peers) => {
    const args = ["install", "--package-lock-only", ...QUIET];

    const { exitCode, stderr } = await install("npm", args, peers);

    expect(exitCode, stderr).toBe(0);
    cells.push(`npm, ${Object.entries(peers).flat().join(" ")}`);
  });

  test("control: npm refuses a peer that is too old", async () => {
    const { exitCode, stderr } = await install(
      "npm",
      ["install", "--package-lock-only", ...QUIET],
      {
        vitest: "^2",
      },
    );

    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("ERESOLVE");
  });

  test("is installed from its repository by npm, which builds it", { timeout: 600_000 }, async ({
    skip,
  }) => {
    skip(!isSoak, "npm installs all that builds it, which npm run soak does");
    const { exitCode, folder, stderr } = await install("npm", ["install", "--loglevel=error"], {
      [NAME]: `git+file://${checkout}`,
    });
    const made = consumerIn(folder);
    made.write("loads.cjs", `console.log(typeof require("${NAME}").Backend);\n`);

    expect(exitCode, stderr).toBe(0);
    expect((await made.run("loads.cjs")).stdout).toBe("function");
    cells.push("npm, from the repository");
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

/** Installs the package with others in a new folder; what fails is for the test to judge. */
async function install(command: string, args: readonly string[], more: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "installs-"));
  folders.push(folder);
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
