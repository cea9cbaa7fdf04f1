import { statSync } from "node:fs";
import { join } from "node:path";
import { type Browser, launch } from "puppeteer-core";
import { UserError } from "../errors.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Why there is no browser to look with, and the way out. */
export const NO_CHROMIUM = `there is no ${NAMES.join(", ")} on PATH; install one, or name it in CHROMIUM`;

/** The path of Chromium: what `CHROMIUM` names, or the first on PATH; undefined if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env["CHROMIUM"]) return env["CHROMIUM"];
  const paths = (env["PATH"] ?? "").split(":").flatMap((it) => NAMES.map((name) => join(it, name)));
  return paths.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}

/**
 * Starts Chromium for pages of our own.
 *
 * @throws UserError if there is none
 */
export function startChromium(executablePath = findChromium()): Promise<Browser> {
  if (executablePath === undefined) throw new UserError(`Cannot open a page: ${NO_CHROMIUM}`);
  // As root it has no sandbox.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return launch({ executablePath, args });
}
