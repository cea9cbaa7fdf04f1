import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { leanProgram, loadingFirst } from "../../../../local/engine/environment.ts";
import { checkout } from "../../../../local/paths.ts";

const runtime = join(checkout, "node_modules", "@pulumi", "pulumi", "cmd", "run");
/** Parts of what is loaded in vain. */
const IN_VAIN = [
  "source-map/",
  "typescript/",
  "@pulumi/pulumi/automation/stack",
  "@opentelemetry/sdk",
];

/** Runs a script after what the runtime loads for every program, and says what of that was loaded before the script. */
async function inProgram(script: string, env: Record<string, string>, argument = runtime) {
  const main = `
    const pulumi = require("@pulumi/pulumi");
    require("source-map-support/register");
    require("@pulumi/pulumi/cmd/run/tracing").newSpan("run").end();
    const isLoaded = (name) => Object.keys(require.cache).some((path) => path.includes("/node_modules/" + name));
    const loaded = ${JSON.stringify(IN_VAIN)}.filter(isLoaded);
    (async () => { console.log(JSON.stringify({ loaded, said: ${script} })); })();
  `;
  // In the process of a program, the runtime's path is the first argument.
  const { stdout } = await execa("node", ["--eval", main, argument], { cwd: checkout, env });
  return JSON.parse(stdout);
}

describe("lean-program", () => {
  const lean = loadingFirst(leanProgram);

  test("keeps back in a program what the runtime loads in vain", async () => {
    expect(await inProgram("''", lean)).toMatchObject({ loaded: [] });
  });

  test.each([
    ["elsewhere", lean, join("/elsewhere", runtime)],
    ["without it", {}, runtime],
  ])("keeps nothing back %s", async (_, env, argument) => {
    expect(await inProgram("''", env, argument)).toMatchObject({ loaded: IN_VAIN });
  });

  test("keeps nothing back of tracing where somebody traces", async () => {
    const traced = { ...lean, TRACEPARENT: `00-${"1".repeat(32)}-${"2".repeat(16)}-01` };

    expect(await inProgram("''", traced)).toMatchObject({ loaded: ["@opentelemetry/sdk"] });
  });

  test("gives a program what it asks for", async () => {
    const { said } = await inProgram(
      "[pulumi.automation.LocalWorkspace.name, (await pulumi.runtime.serializeFunction(() => 42)).text]",
      lean,
    );

    expect(said).toEqual(["LocalWorkspace", expect.stringContaining("42")]);
  });
});
