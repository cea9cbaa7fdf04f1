import { existsSync, openSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { privateFolder } from "../files/private-folder.ts";

/** Lines of a log that an error shows. */
const SHOWN_LINES = 15;
/** Some programs log whole objects on one line. */
const SHOWN_CHARACTERS = 300;

/** Path of a process's log. */
export const logPath = (folder: string, name: string): string => join(folder, `${name}.log`);

/** Opens a fresh log and keeps the one before it as `<name>.previous.log`. */
export function openLog(folder: string, name: string): number {
  const path = logPath(folder, name);
  privateFolder(dirname(path));
  if (existsSync(path)) renameSync(path, join(folder, `${name}.previous.log`));
  return openSync(path, "a", 0o600);
}

/** The end of a process's log, indented, under its path. */
export function endOfLog(folder: string, name: string): string {
  const path = logPath(folder, name);
  const text = existsSync(path) ? readFileSync(path, "utf8").trimEnd() : "";
  const lines = text === "" ? ["(empty)"] : text.split("\n").slice(-SHOWN_LINES);
  return [`End of ${path}:`, ...lines.map((line) => `  ${line.slice(0, SHOWN_CHARACTERS)}`)].join(
    "\n",
  );
}
