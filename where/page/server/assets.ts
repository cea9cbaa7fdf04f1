import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of the page. */
export interface Assets {
  readonly html: string;
  readonly css: string;
  readonly script: string;
}

const folder = join(import.meta.dirname, "../client");

/**
 * Reads the files of the page. The package has the script as one file; in a checkout it is bundled now, as nothing is built there.
 */
export async function readAssets(): Promise<Assets> {
  const bundled = join(folder, "page.js");
  return {
    html: readFileSync(join(folder, "page.html"), "utf8"),
    css: readFileSync(join(folder, "page.css"), "utf8"),
    script: existsSync(bundled) ? readFileSync(bundled, "utf8") : await bundlePage(),
  };
}

/** Makes one script of the page's sources. Only in a checkout: the package has no bundler. */
export async function bundlePage(): Promise<string> {
  const { build } = await import("rolldown");
  const { output } = await build({
    input: join(folder, "main.tsx"),
    platform: "browser",
    write: false,
    logLevel: "silent",
    transform: { jsx: { runtime: "automatic", importSource: "preact" } },
    output: { codeSplitting: false, minify: true },
  });
  return output[0].code;
}
