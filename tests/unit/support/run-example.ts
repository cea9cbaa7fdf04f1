import { basename, dirname, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { expect } from "vitest";
import * as aws from "../../../components/aws/index.ts";
import * as components from "../../../components/index.ts";
import * as testing from "../../../testing/index.ts";
import * as matchers from "../../../testing/matchers.ts";
import { checkout } from "./analyze.ts";
import type { Example } from "./examples.ts";
import "./without-promise-stacks.ts";

type Load = (specifier: string) => unknown;

const PROJECT = { project: "shop", stack: "dev" };

// The whole of it takes a second to load.
const kubernetes = import("@pulumi/kubernetes");

/** Renders the program of an example. */
export async function renderExample({ program }: Example): Promise<testing.Manifest[]> {
  const load = loader({ "@pulumi/kubernetes": await kubernetes });
  return testing.renderManifests(() => runText(program, load), PROJECT);
}

/** Runs the tests that an example consists of, and returns how many. */
export async function runTests({ file, program, tested = "" }: Example): Promise<number> {
  const tests: (() => unknown)[] = [];
  const vitest = { expect, test: (_: string, run: () => unknown) => tests.push(run) };
  const load =
    file === undefined
      ? loader({ vitest }, { "./index.ts": await programOf(tested) })
      : loader({ vitest, [`./${basename(file)}`]: await moduleOf(file, tested) });
  await runText(program, load);
  for (const run of tests) {
    await run();
  }
  return tests.length;
}

/** A program, which runs anew whenever it is imported. */
async function programOf(text: string): Promise<() => unknown> {
  const load = loader({ "@pulumi/kubernetes": await kubernetes });
  // Taken as it is, with the mark of an ES module: what is compiled to CommonJS would wrap it otherwise.
  return () => Object.assign(runText(text, load), { __esModule: true });
}

/** What a file of this package exports. */
async function moduleOf(file: string, text: string): Promise<Record<string, unknown>> {
  const specifiers = [...text.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, it = ""]) => it);
  const loaded = specifiers.map(async (specifier) => {
    const path = specifier.startsWith(".") ? join(checkout, dirname(file), specifier) : specifier;
    return [specifier, await import(path)] as const;
  });
  return runText(text, loader(Object.fromEntries(await Promise.all(loaded))));
}

/** Runs TypeScript and returns what it exports. */
async function runText(text: string, load: Load): Promise<Record<string, unknown>> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const exported: Record<string, unknown> = {};
  await new Function("require", "exports", `return (async () => {${outputText}\n})();`)(
    load,
    exported,
  );
  return exported;
}

function loader(
  others: Readonly<Record<string, unknown>>,
  programs: Readonly<Record<string, () => unknown>> = {},
): Load {
  const modules: Readonly<Record<string, unknown>> = {
    "@pulumi/pulumi": pulumi,
    "pulumi-kubernetes-services": components,
    "pulumi-kubernetes-services/components": components,
    "pulumi-kubernetes-services/aws": aws,
    "pulumi-kubernetes-services/testing": testing,
    "pulumi-kubernetes-services/testing/matchers": matchers,
    ...others,
  };
  return (specifier) => {
    const found = programs[specifier]?.() ?? modules[specifier];
    if (found === undefined) throw new Error(`An example imports ${specifier}`);
    return found;
  };
}
