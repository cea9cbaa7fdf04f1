import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkout } from "../../local/paths.ts";
import { type Consumer, makeConsumer, NAME, ofCheckout, pack } from "./consumers/consumer.ts";

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

let consumer: Consumer;

beforeAll(async () => {
  const packed = mkdtempSync(join(tmpdir(), "packed-"));
  consumer = await makeConsumer(await pack(packed), ofCheckout(...INSTALLED));
  rmSync(packed, { recursive: true });
  consumer.write("package.json", { private: true, type: "module" });
  consumer.write("tsconfig.json", { ...tsconfig, files: ["program.ts", "program.test.ts"] });
  consumer.write("program.ts", program);
  consumer.write("program.test.ts", itsTest);
});

afterAll(() => rmSync(consumer.folder, { recursive: true, force: true }));

test("package: type-checks under strict when a consumer uses its components and test kit", async () => {
  const { stdout } = await consumer.run("typescript/bin/tsc", ["-p", "."]);

  expect(stdout).toBe("");
});

test("package: refuses what its types do not have when a consumer is wrong", async () => {
  consumer.write("misuse.ts", misuse);
  consumer.write("tsconfig.misuse.json", { ...tsconfig, files: ["misuse.ts"] });

  const { exitCode, stdout } = await consumer.run("typescript/bin/tsc", [
    "-p",
    "tsconfig.misuse.json",
  ]);

  expect(exitCode).not.toBe(0);
  expect(stdout).toContain("Type 'number' is not assignable to type 'string'");
});

test("package: has declarations without mistakes when nothing of them is skipped", async () => {
  const own = ["components/index.d.ts", "testing/index.d.ts", "testing/matchers.d.ts"];
  const files = own.map((file) => `node_modules/${NAME}/dist/${file}`);
  const compilerOptions = { ...tsconfig.compilerOptions, skipLibCheck: false };
  consumer.write("tsconfig.declarations.json", { compilerOptions, files });

  const { stdout } = await consumer.run("typescript/bin/tsc", ["-p", "tsconfig.declarations.json"]);

  // Those of others may have mistakes of their own.
  const mistakes = stdout.split("\n").filter((line) => line.includes(`node_modules/${NAME}/`));
  expect(mistakes).toEqual([]);
});

test.each([
  ["an ES module imports it", "esm.mjs", `import * as it from "${NAME}/components";`],
  ["a CommonJS module requires it", "cjs.cjs", `const it = require("${NAME}/components");`],
])("package: has its components when %s", async (_, file, source) => {
  consumer.write(file, `${source}\nconsole.log(typeof it.Backend, it.Exposure.Public);\n`);

  const { stdout } = await consumer.run(file);

  expect(stdout).toBe("function Public");
});

test("package: has the neighbours in AWS when @pulumi/aws is installed, and only then", async () => {
  const names =
    "AccessLogBucket, ElasticIps, DnsRecords, LoadBalancerSecurityGroup, ValidatedCertificate";
  const source = `import { ${names} } from "${NAME}/aws";\n`;
  consumer.write("aws.mjs", `${source}console.log([${names}].map((it) => typeof it).join());\n`);
  consumer.write(
    "aws.ts",
    `${source}new ElasticIps("ips", { subnets: ["subnet-0a"] });\nvoid [${names}];\n`,
  );
  consumer.write("tsconfig.aws.json", { ...tsconfig, files: ["aws.ts"] });

  const without = await consumer.run("aws.mjs", []);
  symlinkSync(
    join(checkout, "node_modules/@pulumi/aws"),
    join(consumer.folder, "node_modules/@pulumi/aws"),
  );
  const [loaded, checked] = [
    await consumer.run("aws.mjs", []),
    await consumer.run("typescript/bin/tsc", ["-p", "tsconfig.aws.json"]),
  ];

  expect(without.stderr).toContain("Cannot find package '@pulumi/aws'");
  expect(loaded.stdout).toBe("function,function,function,function,function");
  expect(checked.stdout).toBe("");
});

test("package: loads the test kit when vitest is not installed", async () => {
  consumer.write(
    "kit.mjs",
    `${loadsNoVitest}\nawait import("${NAME}/testing");\nconsole.log("loaded");\n`,
  );

  expect((await consumer.run("kit.mjs", [])).stdout).toBe("loaded");
});

test("package: renders a Backend in a vitest test when a consumer has one", async () => {
  const { exitCode, stdout } = await consumer.run("vitest/vitest.mjs", [
    "run",
    "--no-color",
    "--testTimeout=60000",
  ]);

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
