import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { checkout } from "../../local/paths.ts";
import { versions } from "../../local/toolchain/versions.ts";
import { testToolMilliseconds } from "../shared/test-tools.ts";
import { page } from "../unit/support/documents.ts";
import { installPackedPackage, PLUGIN } from "./packed-package.ts";
import { core, environment, pulumi, testTool, toolchain } from "./rig.ts";

// The programs and the commands are those of the guide.
const { blocks } = page("docs/guide/other-languages.md");
const shown = (name: string, language: string): string => {
  const found = blocks.find(({ info, text }) => info.endsWith(name) && text.includes(language));
  if (found === undefined) throw new Error(`The guide shows no ${name} of ${language}`);
  return found.text;
};

const STACK = "languages";
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "languages-"));
  await installPackedPackage(folder);
  const hosts = dirname(await testTool("pulumi-language-yaml"));
  const python = await testTool("pulumi-python");
  symlinkSync(dirname(dirname(python)), join(folder, "venv"));
  env = {
    PATH: [hosts, environment["PATH"]].join(delimiter),
    PULUMI_HOME: await homeWithSchema(join(folder, "home")),
    PYTHONPATH: join(folder, "site"),
    PYTHONDONTWRITEBYTECODE: "1",
  };
}, testToolMilliseconds);

afterAll(() => rmSync(folder, { recursive: true }));

/**
 * A PULUMI_HOME with the schema of the provider. The schema in the provider that is built here does not name its version, and the
 * engine knows none for a schema that it has kept (pkg/codegen/schema/loader.go); then it cannot generate an SDK.
 */
async function homeWithSchema(home: string): Promise<string> {
  mkdirSync(join(home, "schemas"), { recursive: true });
  for (const name of ["plugins", "versions"]) {
    symlinkSync(join(toolchain.pulumiHome, name), join(home, name));
  }
  const provider = `kubernetes@${versions.kubernetesProvider}`;
  const args = ["package", "get-schema", provider];
  const { stdout } = await execa(toolchain.paths.pulumi, args, { env: environment });
  writeFileSync(join(home, "schemas", `kubernetes-${versions.kubernetesProvider}.json`), stdout);
  return home;
}

const run = (...args: string[]) => pulumi(args, { cwd: folder, env, timeoutSeconds: 300 });

/** Writes the SDK of a language, as the guide says. */
async function generate(language: string): Promise<void> {
  const args = ["package", "gen-sdk", PLUGIN, "--language", language, "--out", "sdks"];
  expect(shown("sh", "gen-sdk")).toContain(`pulumi ${args.join(" ").replace(language, "python")}`);
  const { exitCode, output } = await run(...args);
  expect(exitCode, output).toBe(0);
}

/** Builds and installs the SDK for Python; nothing of it is fetched. */
async function installPythonSdk(): Promise<void> {
  await generate("python");
  const quiet = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
  const offline = ["--no-deps", "--no-index", "--no-build-isolation", "--target", "site"];
  const { all, exitCode } = await execa(
    join(folder, "venv/bin/python"),
    [...quiet, ...offline, "./sdks/python"],
    {
      cwd: folder,
      all: true,
      reject: false,
    },
  );
  expect(exitCode, all).toBe(0);
}

/** Starts a stack of a program. */
async function begin(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await run("stack", "init", STACK, "--no-select");
}

async function up() {
  return run("up", "--yes", "--skip-preview", "--stack", STACK);
}

async function outputs(): Promise<unknown> {
  const { output } = await run("stack", "output", "--json", "--stack", STACK);
  return JSON.parse(output);
}

/** The names of the records in the stack's state. */
async function records(): Promise<readonly string[]> {
  const { output } = await run("stack", "export", "--stack", STACK);
  const { resources } = (
    JSON.parse(output) as { deployment: { resources: { type: string; urn: string }[] } }
  ).deployment;
  const found = resources.filter(({ type }) => type === "pulumi:index:Stash");
  return found.map(({ urn }) => urn.split("::").at(-1) ?? "").sort();
}

const programs = {
  YAML: { "Pulumi.yaml": shown("Pulumi.yaml", "runtime: yaml") },
  Python: {
    "Pulumi.yaml": shown("Pulumi.yaml", "name: python"),
    "__main__.py": shown("__main__.py", "import pulumi"),
  },
};

describe("programs in other languages", { timeout: 600_000 }, () => {
  afterEach(async () => {
    const { exitCode, output } = await run("destroy", "--yes", "--skip-preview", "--stack", STACK);
    expect(exitCode, output).toBe(0);
    await run("stack", "rm", STACK, "--yes");
  });

  test.each(["YAML", "Python"] as const)(
    "languages: a program in %s has the three components, their records and the address",
    async (language) => {
      if (language === "Python") await installPythonSdk();
      await begin(programs[language]);

      const { exitCode, output } = await up();

      expect(exitCode, output).toBe(0);
      expect(await outputs()).toEqual({
        address: { kind: "hostname", host: expect.stringMatching(/\.elb\./) },
        nodePorts: { http: expect.any(Number) },
        urls: { http: expect.stringMatching(/^http:\/\/.*\.elb\./) },
      });
      expect(await records()).toEqual([
        "dev-endpoints",
        "front-controller-sync",
        "front-endpoints",
      ]);
      const { items } = await core.listNamespacedService({ namespace: "shop" });
      expect(items.map(({ spec }) => spec?.type).sort()).toEqual([
        "ClusterIP",
        "LoadBalancer",
        "NodePort",
      ]);
      const again = await run("preview", "--expect-no-changes", "--stack", STACK);
      expect(again.exitCode, again.output).toBe(0);
    },
  );

  test("languages: a check of the plugin fails the update of a program in YAML", async () => {
    const program = parse(programs.YAML["Pulumi.yaml"]);
    const { dev, namespace } = program.resources;
    const target = {
      namespace: "shop",
      selector: { app: "nobody" },
      ports: [{ name: "http", containerPort: 8080 }],
      drainSeconds: 0,
    };
    dev.properties = { ...dev.properties, target, targetReadyWithinSeconds: 2 };
    dev.options = { dependsOn: [`\${namespace}`] };
    await begin({
      "Pulumi.yaml": stringify({ ...program, resources: { dev, namespace }, outputs: {} }),
    });

    const { exitCode, output } = await up();

    expect(output).toContain('NodePortService "dev": ');
    expect(exitCode).not.toBe(0);
    expect(await records()).toEqual([]);
  });

  test("languages: wrong arguments of a program in YAML fail with the path of each", async () => {
    const program = parse(programs.YAML["Pulumi.yaml"]);
    program.resources.web.properties.ports = [{ name: "http", containerPort: 0 }];
    await begin({ "Pulumi.yaml": stringify(program) });

    const { exitCode, output } = await run("preview", "--stack", STACK);

    expect(output).toContain("ports[0].containerPort");
    expect(output).toContain("must be an integer from 1 to 65535");
    expect(exitCode).not.toBe(0);
  });
});

describe("generated SDKs", { timeout: 900_000 }, () => {
  test("languages: the SDK for Go compiles", async () => {
    await generate("go");
    const sdk = join(folder, "sdks/go/pulumikubernetesservices");
    const path = "example.com/pulumi-pulumi-kubernetes-services/sdk/go/pulumi-kubernetes-services";
    const pins = join(checkout, "tests/engine/go-sdk");
    for (const file of ["go.mod", "go.sum"]) {
      writeFileSync(join(sdk, file), readFileSync(join(pins, file)));
    }
    expect(readFileSync(join(sdk, "go.mod"), "utf8")).toContain(`module ${path}\n`);

    // Nothing runs it, so nothing is inlined, which takes a fifth of the time.
    const args = ["build", "-gcflags=all=-dwarf=false -l", "./..."];
    const { exitCode, all } = await execa("go", args, {
      cwd: sdk,
      env: { GOFLAGS: "-buildvcs=false -mod=readonly", GOWORK: "off", CGO_ENABLED: "0" },
      all: true,
      reject: false,
    });

    expect(exitCode, all).toBe(0);
  });
});
