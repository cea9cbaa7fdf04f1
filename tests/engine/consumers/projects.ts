import { join } from "node:path";
import { type Consumer, consumerIn } from "./consumer.ts";
import { entries, program } from "./programs.ts";

/** Projects of consumers, by the options of TypeScript and the package.json that make them differ. */
const PROJECTS = {
  "Pulumi's template of 2024": {
    options: { target: "es2020", module: "commonjs", moduleResolution: "node" },
    type: "commonjs",
  },
  "Pulumi's template of today": {
    options: { target: "es2020", module: "nodenext", moduleResolution: "nodenext" },
    type: "commonjs",
  },
  "an ES module": {
    options: { target: "es2022", module: "nodenext", moduleResolution: "nodenext" },
    type: "module",
  },
  "a bundler": {
    options: { target: "es2022", module: "esnext", moduleResolution: "bundler" },
    type: "module",
  },
} as const;

/** A kind of project. */
export type Project = keyof typeof PROJECTS;

/** Every kind of project. */
export const projects = Object.keys(PROJECTS) as readonly Project[];

/** What every project has its compiler do. */
const CHECKED = { strict: true, skipLibCheck: true };

/** What a project is compiled with, besides what its kind says. */
export interface ProjectOptions {
  readonly compilerOptions?: object;
  /** Whether the project imports every entry of the package. */
  readonly everyEntry?: boolean;
}

/** Makes a project of a kind in a folder, where it finds the packages of a folder above. */
export function projectIn(
  folder: string,
  project: Project,
  { compilerOptions = {}, everyEntry = false }: ProjectOptions = {},
): Consumer {
  const { options, type } = PROJECTS[project];
  const made = consumerIn(folder, join(folder, "../node_modules"));
  made.write("package.json", { private: true, type, main: "index.ts" });
  made.write("tsconfig.json", {
    compilerOptions: { ...options, ...CHECKED, outDir: "out", ...compilerOptions },
    files: ["index.ts", ...(everyEntry ? ["entries.ts"] : [])],
  });
  made.write("index.ts", program);
  made.write("entries.ts", entries);
  return made;
}
