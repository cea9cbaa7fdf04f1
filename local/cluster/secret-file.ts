import { writeFileSync } from "node:fs";

/** Writes a file that its owner alone can read. */
export const writeSecret = (path: string, text: string): void =>
  writeFileSync(path, text, { mode: 0o600 });
