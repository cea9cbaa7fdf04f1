import { statSync } from "node:fs";
import { join } from "node:path";
import { type Browser, launch } from "puppeteer-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The path of Chromium: what `CHROMIUM` names, or the first on PATH; undefined if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env["CHROMIUM"]) return env["CHROMIUM"];
  const paths = (env["PATH"] ?? "").split(":").flatMap((it) => NAMES.map((name) => join(it, name)));
  return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/** Starts it. */
export function startChromium(executablePath: string): Promise<Browser> {
  // The pages are our own; as root there is no sandbox.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return launch({ executablePath, args });
}
