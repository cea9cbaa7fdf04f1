import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** Writes a file whole or not at all, and only where it says something else. */
export function writeWhole(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** Reads a file that was written as JSON; `none` where there is no such file. */
export function readJson<T>(path: string, none: T): T {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : none;
}
