import type { ServicePort } from "../../../service/ports.ts";
import type { Finding } from "../../../validation/checks.ts";
import { integer } from "../../../validation/rules.ts";
import type { AnnotationValue } from "../../contract/annotation-value.ts";
import type { Support } from "../../contract/dialect.ts";
import { healthCheckOf } from "../../contract/health-check.ts";
import type { Intent } from "../../contract/intent.ts";
import type { OptionName } from "../../contract/option-names.ts";
import { pathNeedsHttp } from "../limits.ts";
import { key } from "./keys.ts";

/** The annotation for the port that health checks connect to. */
export const HEALTH_CHECK_PORT = key("healthcheck-port");

/** The health-check options of a Network Load Balancer. */
export const NLB_HEALTH_CHECK = healthCheckOptions(120);
/** The health-check options of a Classic Load Balancer. */
export const CLASSIC_HEALTH_CHECK = healthCheckOptions(60);

function healthCheckOptions(longestTimeoutSeconds: number) {
  return {
    // The annotation also takes ports that are none of the Service, such as one of kube-proxy.
    healthCheckPort: { keys: [HEALTH_CHECK_PORT], openKeys: [HEALTH_CHECK_PORT] },
    healthCheckProtocol: { keys: [key("healthcheck-protocol")] },
    healthCheckPath: { keys: [key("healthcheck-path")] },
    healthCheckIntervalSeconds: {
      keys: [key("healthcheck-interval")],
      rule: integer(5, 300),
    },
    healthCheckTimeoutSeconds: {
      keys: [key("healthcheck-timeout")],
      rule: integer(2, longestTimeoutSeconds),
    },
    healthCheckHealthyThreshold: {
      keys: [key("healthcheck-healthy-threshold")],
      rule: integer(2, 10),
    },
    healthCheckUnhealthyThreshold: {
      keys: [key("healthcheck-unhealthy-threshold")],
      rule: integer(2, 10),
    },
  } satisfies { readonly [Name in OptionName]?: Support };
}

/** The default timeout of a check in seconds: shorter than any interval. */
const TIMEOUT_SECONDS = 6;

/**
 * The annotations of the health checks, except their protocol and path with `Local`: nodes then report on a port of
 * their own whether they have a Pod, which the controllers check by default.
 */
export function healthCheckTimes(intent: Intent): Record<string, string> {
  const { interval } = healthCheckOf(intent);
  const timeout = intent.healthCheckTimeoutSeconds ?? Math.min(TIMEOUT_SECONDS, interval - 1);
  return { ...healthCheckRhythm(intent), [key("healthcheck-timeout")]: String(timeout) };
}

/** The annotations for the interval and the thresholds of checks. */
export function healthCheckRhythm(intent: Intent): Record<string, string> {
  const { healthy, interval, unhealthy } = healthCheckOf(intent);
  return {
    [key("healthcheck-interval")]: String(interval),
    [key("healthcheck-healthy-threshold")]: String(healthy),
    [key("healthcheck-unhealthy-threshold")]: String(unhealthy),
  };
}

/** The annotations for the protocol and the path of checks. */
export function healthCheckQuestion(intent: Intent): Record<string, AnnotationValue> {
  const { healthCheckPath: path } = intent;
  const { protocol } = healthCheckOf(intent);
  return intent.externalTrafficPolicy === "Local"
    ? {}
    : {
        [key("healthcheck-protocol")]: String(protocol).toUpperCase(),
        [key("healthcheck-path")]: path,
      };
}

/** Rejects health-check settings that contradict each other or check a port that cannot answer. */
export function healthCheckFindings(intent: Intent, shorter: boolean): readonly Finding[] {
  const { interval } = healthCheckOf(intent);
  const { healthCheckTimeoutSeconds: timeout } = intent;
  const findings: Finding[] = [...pathNeedsHttp(intent)];
  if (intent.externalTrafficPolicy === "Local") {
    const must =
      'must not be set with externalTrafficPolicy "Local": nodes report whether they have a ready Pod';
    for (const name of ["healthCheckPort", "healthCheckProtocol", "healthCheckPath"] as const) {
      if (intent[name] !== undefined) {
        findings.push({ path: `args.${name}`, value: intent[name], must });
      }
    }
  }
  // A value that is not a number has already been reported.
  const numbers = Number.isFinite(timeout) && Number.isFinite(interval);
  if (numbers && timeout !== undefined && (shorter ? timeout >= interval : timeout > interval)) {
    const must = `must be ${shorter ? "less than" : "at most"} args.healthCheckIntervalSeconds, which is ${interval}`;
    findings.push({ path: "args.healthCheckTimeoutSeconds", value: timeout, must });
  }
  return findings;
}

/**
 * Rejects a UDP port without a health check that can succeed. By default the check connects to the port itself over
 * TCP, which no UDP port answers: the targets stay unhealthy, and receive traffic only while all of them are.
 *
 * @param isAnswered - whether a TCP port answers the check of a UDP port
 * @param toNodes - whether traffic goes to nodes, which can report whether they have a ready Pod
 * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2144
 */
export function uncheckedFindings(
  ports: readonly ServicePort[],
  intent: Intent,
  {
    isAnswered,
    toNodes,
  }: { readonly isAnswered: (port: ServicePort) => boolean; readonly toNodes: boolean },
): readonly Finding[] {
  const checked =
    intent.externalTrafficPolicy === "Local" ||
    intent.healthCheckPort !== undefined ||
    intent.annotationKeys.includes(HEALTH_CHECK_PORT);
  const index = ports.findIndex((port) => port.protocol === "UDP" && !isAnswered(port));
  const tcp = ports.find(({ protocol }) => protocol === "TCP")?.name;
  const ways = [
    ...(tcp === undefined ? [] : [`args.healthCheckPort "${tcp}"`]),
    ...(toNodes ? ['args.externalTrafficPolicy "Local"'] : []),
    `the annotation ${HEALTH_CHECK_PORT} with the number of a TCP port`,
  ];
  const must = `must be a TCP port, which health checks can connect to, or set ${ways.join(" or ")}`;
  return checked || index < 0
    ? []
    : [{ path: `args.ports[${index}].targetPort`, value: ports[index]?.targetPort, must }];
}
