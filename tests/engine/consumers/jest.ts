import { join } from "node:path";
import { execa } from "execa";
import { page } from "../../unit/support/documents.ts";
import type { Consumer } from "./consumer.ts";
import { projectIn } from "./projects.ts";

const { blocks } = page("docs/guide/testing.md");

/** A block of the page on tests, by its language and what it contains. */
function shown(language: string, content = ""): string {
  const found = blocks.find(({ info, text }) => info === language && text.includes(content));
  if (found === undefined) throw new Error(`The page on tests has no ${language} with ${content}`);
  return found.text;
}

/** A project beside installed packages, with the program, the test and the configuration of Jest that the page on tests shows. */
export function jestProject({ folder }: Consumer): Consumer {
  const made = projectIn(join(folder, "jest"), "Pulumi's template of today", {
    compilerOptions: { isolatedModules: true },
  });
  made.write("index.ts", shown("ts"));
  made.write("index.test.ts", shown("ts jest"));
  made.write("jest.config.js", shown("js"));
  made.write("types.json", {
    extends: "./tsconfig.json",
    compilerOptions: { noEmit: true, allowImportingTsExtensions: true, types: ["node"] },
    files: ["index.ts", "index.test.ts"],
  });
  return made;
}

/** Runs Jest in a project, with the variables of the page's command. */
export function runJest({ folder }: Consumer) {
  const [, options] = /^NODE_OPTIONS=(\S+) npx jest$/m.exec(shown("sh", "npx jest")) ?? [];
  const jest = join(folder, "../node_modules/jest/bin/jest.js");
  const env = { NODE_OPTIONS: options };
  return execa(process.execPath, [jest], { cwd: folder, env, reject: false });
}
