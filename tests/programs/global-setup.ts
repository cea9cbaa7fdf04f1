import type { TestProject } from "vitest/node";
import { report } from "../../local/terminal.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the application of demos and tests. */
    demoApplication: string;
    /** Path of the generator of load. */
    loadGenerator: string;
  }
}

/** Builds the programs that answer and send requests; their tests need no cluster. */
export default async function setup(project: TestProject): Promise<void> {
  const { paths } = await ensureToolchain({
    tools: ["demo-application", "load-generator"],
    report,
  });
  project.provide("demoApplication", paths["demo-application"]);
  project.provide("loadGenerator", paths["load-generator"]);
}
