// Lets the program and the components import the @pulumi/kubernetes that the project has installed, where it has one.
const { existsSync } = require("node:fs");
const { registerHooks } = require("node:module");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

const installed = join(process.cwd(), "node_modules/@pulumi/kubernetes");
const parentURL = pathToFileURL(join(process.cwd(), "index.ts")).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith("@pulumi/kubernetes") && existsSync(installed)
      ? next(specifier, { ...context, parentURL })
      : next(specifier, context),
});
