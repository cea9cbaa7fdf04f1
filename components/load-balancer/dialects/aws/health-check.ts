import type { Finding } from "../../../validation/checks.ts";
import { integer } from "../../../validation/rules.ts";
import { HEALTH_CHECK_INTERVAL_SECONDS } from "../../../workload/drain.ts";
import type { Said } from "../../contract/annotation-value.ts";
import type { Honoured } from "../../contract/dialect.ts";
import { HEALTH_CHECK_THRESHOLD } from "../../contract/drain.ts";
import type { Intent } from "../../contract/intent.ts";
import type { OptionName } from "../../contract/option-names.ts";
import { pathNeedsHttp } from "../limits.ts";
import { key } from "./keys.ts";

/** What the health checks of a Network Load Balancer can be told. */
export const NLB_HEALTH_CHECK = healthCheckOptions(120);
/** What the health checks of a Classic Load Balancer can be told. */
export const CLASSIC_HEALTH_CHECK = healthCheckOptions(60);

function healthCheckOptions(longestTimeoutSeconds: number) {
  return {
    healthCheckProtocol: { writes: [key("healthcheck-protocol")] },
    healthCheckPath: { writes: [key("healthcheck-path")] },
    healthCheckIntervalSeconds: {
      writes: [key("healthcheck-interval")],
      rule: integer(5, 300),
    },
    healthCheckTimeoutSeconds: {
      writes: [key("healthcheck-timeout")],
      rule: integer(2, longestTimeoutSeconds),
    },
    healthCheckHealthyThreshold: {
      writes: [key("healthcheck-healthy-threshold")],
      rule: integer(2, 10),
    },
    healthCheckUnhealthyThreshold: {
      writes: [key("healthcheck-unhealthy-threshold")],
      rule: integer(2, 10),
    },
  } satisfies { readonly [Name in OptionName]?: Honoured };
}

/** Seconds that a check may take, where nobody says: less than any interval. */
const TIMEOUT_SECONDS = 6;

/**
 * The annotations of the health checks, but for what is asked: where only nodes with a Pod are sent traffic, nodes say
 * so on a port of their own, which the controllers then ask by themselves.
 */
export function healthCheckTimes(intent: Intent): Record<string, string> {
  const { healthCheckIntervalSeconds: interval = HEALTH_CHECK_INTERVAL_SECONDS } = intent;
  const timeout = intent.healthCheckTimeoutSeconds ?? Math.min(TIMEOUT_SECONDS, interval - 1);
  return { ...healthCheckRhythm(intent), [key("healthcheck-timeout")]: String(timeout) };
}

/** The annotations of how often is asked, and how many answers decide. */
export function healthCheckRhythm(intent: Intent): Record<string, string> {
  const { healthCheckIntervalSeconds: interval = HEALTH_CHECK_INTERVAL_SECONDS } = intent;
  const { healthCheckHealthyThreshold: healthy = HEALTH_CHECK_THRESHOLD } = intent;
  const { healthCheckUnhealthyThreshold: unhealthy = HEALTH_CHECK_THRESHOLD } = intent;
  return {
    [key("healthcheck-interval")]: String(interval),
    [key("healthcheck-healthy-threshold")]: String(healthy),
    [key("healthcheck-unhealthy-threshold")]: String(unhealthy),
  };
}

/** The annotations of what is asked. */
export function healthCheckQuestion(intent: Intent): Record<string, Said> {
  const { healthCheckPath: path, healthCheckProtocol } = intent;
  const protocol = healthCheckProtocol ?? (path === undefined ? "Tcp" : "Http");
  return intent.externalTrafficPolicy === "Local"
    ? {}
    : {
        [key("healthcheck-protocol")]: String(protocol).toUpperCase(),
        [key("healthcheck-path")]: path,
      };
}

/** Checks have to fit together, and to ask what answers. */
export function healthCheckFindings(intent: Intent, shorter: boolean): readonly Finding[] {
  const { healthCheckIntervalSeconds: interval = HEALTH_CHECK_INTERVAL_SECONDS } = intent;
  const { healthCheckTimeoutSeconds: timeout } = intent;
  const findings: Finding[] = [...pathNeedsHttp(intent)];
  if (intent.externalTrafficPolicy === "Local") {
    const must =
      'must be left out with externalTrafficPolicy "Local": nodes say themselves whether they have a ready Pod';
    for (const name of ["healthCheckProtocol", "healthCheckPath"] as const) {
      if (intent[name] !== undefined) {
        findings.push({ path: `args.${name}`, value: intent[name], must });
      }
    }
  }
  // What is no number has been reported.
  const numbers = Number.isFinite(timeout) && Number.isFinite(interval);
  if (numbers && timeout !== undefined && (shorter ? timeout >= interval : timeout > interval)) {
    const must = `must be ${shorter ? "less than" : "at most"} args.healthCheckIntervalSeconds, which is ${interval}`;
    findings.push({ path: "args.healthCheckTimeoutSeconds", value: timeout, must });
  }
  return findings;
}
