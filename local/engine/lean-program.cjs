// Loaded before Pulumi's runtime for Node in the process of a program: keeps back, until somebody asks for it, what the runtime loads
// for every program and ours have no use for. That is half of the processor time of a small program. Plain CommonJS: it is required by
// path, before anything else.
"use strict";
const { createRequire, Module } = require("node:module");
const { join } = require("node:path");

// The runtime of this checkout alone: that of another one may have other parts.
const runtime = join(__dirname, "..", "..", "node_modules", "@pulumi", "pulumi", "cmd", "run");
if (process.argv[1] === runtime) makeLean(createRequire(join(runtime, "index.js")));

function makeLean(require) {
  // The runtime notes a stack for every promise, and this looks each line of it up in the maps of Pulumi's own sources. Of ours
  // there are none: Node runs TypeScript as it is, line by line.
  provide("source-map-support/register", () => ({}));
  // What writes functions down as text, for dynamic providers alone.
  provide("../../typescript-shim", lazily);
  provide("../../runtime/closure/v8Hooks", (load) => ({
    isInitializedAsync: async () => {}, // otherwise an inspector is told of every script
    getSessionAsync: () => load().getSessionAsync(),
    getScriptUrl: (id) => load().getScriptUrl(id),
  }));
  provide("../../automation", lazily);
  const isTraced = "TRACEPARENT" in process.env || process.argv.some((it) => /^--tracing/.test(it));
  if (!isTraced) {
    const { trace } = require("@opentelemetry/api");
    provide("./tracing", () => ({ newSpan: (name) => trace.getTracer("").startSpan(name) })); // nobody records it
  }

  /** Puts something in the place of a module, which can load that module. */
  function provide(name, replacement) {
    const path = require.resolve(name);
    const module = new Module(path);
    const load = () => {
      if (require.cache[path] === module) delete require.cache[path];
      return require(path);
    };
    module.exports = replacement(load);
    module.loaded = true;
    require.cache[path] = module;
  }
}

/** What a module exports, loaded when it is looked at. */
function lazily(load) {
  const get = (_, name) => (name === "__esModule" ? true : load()[name]);
  return new Proxy({}, { get, has: (_, name) => name in load() });
}
