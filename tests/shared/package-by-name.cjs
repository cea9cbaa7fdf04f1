// Lets a program of this checkout import the package by its name, as a user's program does: its name means the sources here.
const { registerHooks } = require("node:module");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

const checkout = join(__dirname, "../..");
const ENTRIES = {
  "pulumi-kubernetes-services": "components/index.ts",
  "pulumi-kubernetes-services/aws": "components/aws/index.ts",
};

registerHooks({
  resolve: (specifier, context, next) => {
    const entry = Object.hasOwn(ENTRIES, specifier) ? ENTRIES[specifier] : undefined;
    return next(
      entry === undefined ? specifier : pathToFileURL(join(checkout, entry)).href,
      context,
    );
  },
});
