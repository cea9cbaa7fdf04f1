import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

/** On what and when something was measured. */
export const howTaken = () => ({
  machine: `${cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.version}`,
  date: new Date().toISOString().slice(0, 10),
});

/** Keeps a result in the checkout, and prints it. */
export function writeResult(name: string, result: object): void {
  const folder = join(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify(result, undefined, 2)}\n`;
  writeFileSync(join(folder, `${name}.json`), text);
  process.stdout.write(text);
}
