// Loaded before a program: the components get the Kubernetes client from its bundle.
"use strict";
const { registerHooks } = require("node:module");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

const urlOf = (path) => pathToFileURL(path).href;
const components = urlOf(join(__dirname, "..", "..", "components", "/"));
const bundle = {
  url: urlOf(process.env.KUBERNETES_CLIENT_BUNDLE),
  format: "module",
  shortCircuit: true,
};
registerHooks({
  resolve: (name, context, next) => {
    const isOurs = name === "@kubernetes/client-node" && context.parentURL?.startsWith(components);
    return isOurs ? bundle : next(name, context);
  },
});
