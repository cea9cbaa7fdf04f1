import debuggable from "@pulumi/pulumi/runtime/debuggable.js";

const module = debuggable as unknown as Record<
  string,
  (promise: unknown, about: unknown) => unknown
>;
const { debuggablePromise } = module;

/** Pulumi notes a stack for every promise, a third of what a program under mocks takes; nobody reads them in a test. */
module["debuggablePromise"] = (promise, about) => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return debuggablePromise?.(promise, about);
  } finally {
    Error.stackTraceLimit = limit;
  }
};
