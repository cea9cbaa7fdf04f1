import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";

const checkout = fileURLToPath(new URL("../../", import.meta.url));
const NAME = "pulumi-kubernetes-services";
/** What a consumer has beside the package: its peers, and what it is compiled and tested with. */
const INSTALLED = [
  "@pulumi/kubernetes",
  "@pulumi/pulumi",
  "@types",
  "typescript",
  "vitest",
  "yaml",
];

const program = `
import { Backend, Entrance, Exposure, LoadBalancerController, LoadBalancerService } from "${NAME}/components";

export default () => {
  const { target } = new Backend("web", {
    namespace: "shop",
    image: "registry.example/web:1.0.0",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    entrances: [Entrance.LoadBalancer],
  });
  const { urls } = new LoadBalancerService("front", {
    cluster: { controller: LoadBalancerController.AwsCloudControllerNlb, allowPublic: true },
    target,
    exposure: Exposure.Public,
    sourceRanges: ["0.0.0.0/0"],
    ports: [{ port: 80, targetPort: "http" }],
  });
  return { url: urls.apply((it) => it["http"]) };
};
`;

const itsTest = `
import { LoadBalancerStatus, type Manifest, renderProgram, SIMULATED_ADDRESS, topology } from "${NAME}/testing";
import { matchers } from "${NAME}/testing/matchers";
import { expect, test } from "vitest";

expect.extend(matchers);

test("program", async () => {
  const { manifests, outputs } = await renderProgram(() => import("./program.ts"), {
    project: "shop",
    stack: "dev",
    loadBalancers: LoadBalancerStatus.Hostname,
  });
  const find = (kind: string, name: string): Manifest => {
    const found = manifests.find((it) => it.kind === kind && it.metadata.name === name);
    if (found === undefined) throw new Error(\`No \${kind} \${name}\`);
    return found;
  };

  expect(find("Service", "front")).toSelect(find("Deployment", "web"));
  expect(find("Service", "front")).toExposePort(80, find("Deployment", "web"));
  expect(find("Service", "front")).toBePublic();
  expect(find("Service", "web")).not.toBePublic();
  expect(outputs).toEqual({ url: \`http://\${SIMULATED_ADDRESS.hostname}\` });
  expect(topology(manifests)).toContain("internet");
});
`;

const misuse = `
import { Backend } from "${NAME}/components";

new Backend("web", { namespace: 1 });
`;

const tsconfig = {
  compilerOptions: {
    target: "es2023",
    module: "nodenext",
    types: ["node"],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    // The declarations of the package are what is checked here; those of others have to be taken as they are.
    skipLibCheck: true,
  },
};

let consumer: string;

beforeAll(async () => {
  consumer = mkdtempSync(join(tmpdir(), "consumer-"));
  const modules = join(consumer, "node_modules");
  mkdirSync(join(modules, NAME), { recursive: true });
  mkdirSync(join(modules, "@pulumi"));
  for (const name of INSTALLED) {
    symlinkSync(join(checkout, "node_modules", name), join(modules, name));
  }
  const pack = ["pack", "--silent", "--pack-destination", consumer];
  const { stdout } = await execa("npm", pack, { cwd: checkout });
  const tarball = stdout.split("\n").at(-1) ?? "";
  // As npm unpacks it: everything in a tarball is under one folder.
  const unpack = ["-xzf", tarball, "--strip-components=1", "-C", join(modules, NAME)];
  await execa("tar", unpack, { cwd: consumer });

  write("package.json", JSON.stringify({ private: true, type: "module" }));
  write("tsconfig.json", JSON.stringify({ ...tsconfig, files: ["program.ts", "program.test.ts"] }));
  write("program.ts", program);
  write("program.test.ts", itsTest);
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

test("package: type-checks under strict when a consumer uses its components and test kit", async () => {
  const { stdout } = await run("typescript/bin/tsc", ["-p", "."]);

  expect(stdout).toBe("");
});

test("package: refuses what its types do not have when a consumer is wrong", async () => {
  write("misuse.ts", misuse);
  write("tsconfig.misuse.json", JSON.stringify({ ...tsconfig, files: ["misuse.ts"] }));

  const { exitCode, stdout } = await run("typescript/bin/tsc", ["-p", "tsconfig.misuse.json"]);

  expect(exitCode).not.toBe(0);
  expect(stdout).toContain("Type 'number' is not assignable to type 'string'");
});

test("package: has declarations without mistakes when nothing of them is skipped", async () => {
  const own = ["components/index.d.ts", "testing/index.d.ts", "testing/matchers.d.ts"];
  const files = own.map((file) => `node_modules/${NAME}/dist/${file}`);
  const compilerOptions = { ...tsconfig.compilerOptions, skipLibCheck: false };
  write("tsconfig.declarations.json", JSON.stringify({ compilerOptions, files }));

  const { stdout } = await run("typescript/bin/tsc", ["-p", "tsconfig.declarations.json"]);

  // Those of others may have mistakes of their own.
  const mistakes = stdout.split("\n").filter((line) => line.includes(`node_modules/${NAME}/`));
  expect(mistakes).toEqual([]);
});

test.each([
  ["an ES module imports it", "esm.mjs", `import * as it from "${NAME}/components";`],
  ["a CommonJS module requires it", "cjs.cjs", `const it = require("${NAME}/components");`],
])("package: has its components when %s", async (_, file, source) => {
  write(file, `${source}\nconsole.log(typeof it.Backend, it.Exposure.Public);\n`);

  const { stdout } = await run(`../${file}`, []);

  expect(stdout).toBe("function Public");
});

test("package: has the neighbours in AWS when @pulumi/aws is installed, and only then", async () => {
  const names =
    "AccessLogBucket, ElasticIps, DnsRecords, LoadBalancerSecurityGroup, ValidatedCertificate";
  const source = `import { ${names} } from "${NAME}/aws";\n`;
  write("aws.mjs", `${source}console.log([${names}].map((it) => typeof it).join());\n`);
  write(
    "aws.ts",
    `${source}new ElasticIps("ips", { subnets: ["subnet-0a"] });\nvoid [${names}];\n`,
  );
  write("tsconfig.aws.json", JSON.stringify({ ...tsconfig, files: ["aws.ts"] }));

  const without = await run("../aws.mjs", []);
  symlinkSync(
    join(checkout, "node_modules/@pulumi/aws"),
    join(consumer, "node_modules/@pulumi/aws"),
  );
  const [loaded, checked] = [
    await run("../aws.mjs", []),
    await run("typescript/bin/tsc", ["-p", "tsconfig.aws.json"]),
  ];

  expect(without.stderr).toContain("Cannot find package '@pulumi/aws'");
  expect(loaded.stdout).toBe("function,function,function,function,function");
  expect(checked.stdout).toBe("");
});

test("package: loads the test kit when vitest is not installed", async () => {
  write("kit.mjs", `${loadsNoVitest}\nawait import("${NAME}/testing");\nconsole.log("loaded");\n`);

  expect((await run("../kit.mjs", [])).stdout).toBe("loaded");
});

test("package: renders a Backend in a vitest test when a consumer has one", async () => {
  const { exitCode, stdout } = await run("vitest/vitest.mjs", ["run", "--no-color"]);

  expect(stdout).toMatch(/Tests +1 passed/);
  expect(exitCode).toBe(0);
});

/** Makes Node refuse vitest, as where it is not installed. */
const loadsNoVitest = `
import { registerHooks } from "node:module";
registerHooks({
  resolve(specifier, context, next) {
    if (/^vitest|^@vitest/.test(specifier)) throw new Error(\`\${specifier} is not installed\`);
    return next(specifier, context);
  },
});`;

/** Runs a script under the consumer's `node_modules`; what fails is for the test to judge. */
function run(script: string, args: readonly string[]) {
  const path = join(consumer, "node_modules", script);
  return execa(process.execPath, [path, ...args], { cwd: consumer, reject: false, all: true });
}

function write(name: string, content: string): void {
  writeFileSync(join(consumer, name), content);
}
