import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "rolldown";
import { writeAtomically } from "../../local/files/atomic-file.ts";
import { privateFolder } from "../../local/files/private-folder.ts";
import { checkout } from "../../local/paths.ts";

const entry = createRequire(import.meta.url).resolve("@kubernetes/client-node");
const { version } = createRequire(entry)("../package.json");
const bundle = join(checkout, ".local", "test", "bundles", `client-node-${version}.mjs`);

/** Loaded before a program, gives the components in it the bundle that is in {@link bundledClientEnvironment}. */
export const bundledClient = join(import.meta.dirname, "bundled-client.cjs");

/** What {@link bundledClient} is told. */
export const bundledClientEnvironment = { KUBERNETES_CLIENT_BUNDLE: bundle };

/**
 * Makes one file of the thousand of the Kubernetes client, where there is none of this version: to load it takes a program a fourth
 * of the processor time, and most programs of the tests do.
 */
export async function bundleClient(): Promise<void> {
  if (existsSync(bundle)) return;
  const { output } = await build({
    input: entry,
    platform: "node",
    write: false,
    logLevel: "silent",
    output: {
      codeSplitting: false,
      keepNames: true,
      // Comments are most of it, and would be read for nothing.
      minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
    },
  });
  privateFolder(dirname(bundle));
  writeAtomically(bundle, output[0].code);
}
