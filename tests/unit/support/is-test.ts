import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const checkout = join(import.meta.dirname, "../../..");

/** Whether a test of this title is written in a file of the checkout. */
export const isTest = (file: string, title: string): boolean =>
  existsSync(join(checkout, file)) &&
  readFileSync(join(checkout, file), "utf8").includes(`"${title}"`);
