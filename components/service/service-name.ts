import type { Checks } from "../validation/checks.ts";
import { serviceName } from "../validation/rules.ts";

/** Reads the name of a Service: the component's, unless an argument states another one. */
export function readServiceName(checks: Checks, name: string, stated: string | undefined): string {
  return stated === undefined
    ? checks.plain("name", name, serviceName)
    : checks.plain("args.serviceName", stated, serviceName);
}
