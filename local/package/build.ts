import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { execa } from "execa";
import { bundlePage } from "../../where/page/server/assets.ts";
import { manifest, packageSchema } from "./analyze.ts";

// What npm packs, and what it builds when the package is installed from its repository.
const checkout = join(import.meta.dirname, "../..");
const dist = join(checkout, "dist");

interface Entry {
  readonly import: { readonly default: string };
  readonly require: { readonly default: string };
}

rmSync(dist, { recursive: true, force: true });
await execa("tsc", ["-p", "tsconfig.build.json"], {
  cwd: checkout,
  preferLocal: true,
  stdio: "inherit",
});

for (const schema of ["preview/report.schema.json", "where/report.schema.json"]) {
  cpSync(join(checkout, schema), join(dist, schema));
}

// The page's script is one file, without imports: a browser has no packages.
for (const file of ["page.html", "page.css"]) {
  cpSync(join(checkout, "where/page/client", file), join(dist, "where/page/client", file));
}
writeFileSync(join(dist, "where/page/client/page.js"), await bundlePage());
const licences = ["preact", "d3-shape", "d3-path"].map((name) =>
  [name, readFileSync(join(checkout, "node_modules", name, "LICENSE"), "utf8")].join("\n\n"),
);
writeFileSync(join(dist, "where/page/client/page.js.LICENSE.txt"), licences.join("\n\n"));

// A folder that the engine runs as a plugin, with a schema for programs in other languages.
const plugin = join(dist, "plugin");
const { name, version } = manifest;
const described = { name, version, type: "module", main: "index.js" };
writeFileSync(join(plugin, "schema.json"), JSON.stringify(packageSchema()));
writeFileSync(join(plugin, "package.json"), `${JSON.stringify(described)}\n`);
writeFileSync(
  join(plugin, "PulumiPlugin.yaml"),
  "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
);

// TypeScript before 5.8 does not let CommonJS modules import declarations of ES modules, though Node does. So they get modules and
// declarations of their own kind, and behind them what all others get:
// https://www.typescriptlang.org/docs/handbook/modules/reference.html#node16-nodenext
const forRequire = join(dist, "require");
for (const folder of ["components", "testing", "preview", "policy", "where"]) {
  const isDeclaration = (path: string) => !/\.(js|map)$/.test(path);
  cpSync(join(dist, folder), join(forRequire, folder), { recursive: true, filter: isDeclaration });
}
writeFileSync(join(forRequire, "package.json"), '{ "type": "commonjs" }\n');
const { exports } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
  exports: Readonly<Record<string, Entry | string>>;
};
for (const entry of Object.values(exports)) {
  if (typeof entry === "string") continue;
  const [module, required] = [entry.import.default, entry.require.default];
  const target = relative(dirname(required), module).replaceAll("\\", "/");
  writeFileSync(join(checkout, required), `module.exports = require("${target}");\n`);
}
