import type { autoscaling } from "@pulumi/kubernetes/types/input.js";
import type { Checks, Rule } from "../validation/checks.ts";
import {
  int32,
  integer,
  labelValue,
  nonEmptyString,
  oneOf,
  qualifiedName,
  quantity,
} from "../validation/rules.ts";
import { readStringMap } from "../validation/string-map.ts";
import { withoutEmpty } from "../validation/without-empty.ts";
import {
  type AutoscalingArgs,
  type MetricArgs,
  MetricType,
  ScalingPolicySelect,
  ScalingPolicyType,
  type ScalingRulesArgs,
} from "./autoscaling-args.ts";

/** A name in the path of the API of metrics. */
const metricName: Rule = (name) =>
  nonEmptyString(name) ??
  (/[/%]/.test(String(name)) || name === "." || name === ".."
    ? 'must have neither "/" nor "%", such as http_requests_per_second'
    : undefined);

/** An amount above zero. */
const amount: Rule = (value) =>
  quantity(value) ?? (Number.parseFloat(String(value)) === 0 ? "must be more than 0" : undefined);

/** Reads the metrics of an autoscaler besides CPU and memory. */
export function readMetrics(
  checks: Checks,
  path: string,
  given: readonly MetricArgs[],
): readonly autoscaling.v2.MetricSpec[] {
  return checks.list(`${path}.metrics`, given, 0, "metrics").map((item, index) => {
    const at = `${path}.metrics[${index}]`;
    const metric = checks.object(at, item);
    const { matchLabels, name, type } = metric;
    checks.plain(`${at}.type`, type, oneOf(MetricType));
    const labels = readStringMap(
      checks,
      `${at}.matchLabels`,
      matchLabels,
      qualifiedName,
      labelValue,
    );
    const source = {
      metric: {
        name: checks.plain(`${at}.name`, name, metricName),
        ...withoutEmpty({ selector: withoutEmpty({ matchLabels: labels }) }),
      },
      target: readTarget(checks, at, metric),
    };
    return type === MetricType.Pods
      ? { type, pods: source }
      : { type: MetricType.External, external: source };
  });
}

function readTarget(
  checks: Checks,
  path: string,
  { averageValue, type, value }: MetricArgs,
): autoscaling.v2.MetricTarget {
  if (type === MetricType.Pods && value !== undefined) {
    checks.report(`${path}.value`, value, 'must not be set with the type "Pods"; use averageValue');
  } else if ((averageValue === undefined) === (value === undefined)) {
    const must =
      type === MetricType.Pods
        ? "must be given with the type Pods"
        : "must be given, or value, but not both";
    checks.report(`${path}.averageValue`, averageValue, must);
  }
  return averageValue === undefined
    ? { type: "Value", value: checks.input(`${path}.value`, value ?? "1", amount) }
    : {
        type: "AverageValue",
        averageValue: checks.input(`${path}.averageValue`, averageValue, amount),
      };
}

/** Reads how fast the number of Pods changes. */
export function readBehavior(
  checks: Checks,
  path: string,
  { scaleDown, scaleUp }: AutoscalingArgs,
): autoscaling.v2.HorizontalPodAutoscalerBehavior {
  const read = (field: "scaleDown" | "scaleUp", rules: ScalingRulesArgs | undefined) =>
    rules === undefined ? undefined : readRules(checks, `${path}.${field}`, rules);
  return withoutEmpty({
    scaleUp: read("scaleUp", scaleUp),
    scaleDown: read("scaleDown", scaleDown),
  });
}

function readRules(
  checks: Checks,
  path: string,
  given: ScalingRulesArgs,
): autoscaling.v2.HPAScalingRules {
  const { policies = [], selectPolicy, stabilizationWindowSeconds } = checks.object(path, given);
  return withoutEmpty({
    stabilizationWindowSeconds:
      stabilizationWindowSeconds === undefined
        ? undefined
        : checks.plain(
            `${path}.stabilizationWindowSeconds`,
            stabilizationWindowSeconds,
            integer(0, 3600),
          ),
    selectPolicy:
      selectPolicy === undefined
        ? undefined
        : checks.plain(`${path}.selectPolicy`, selectPolicy, oneOf(ScalingPolicySelect)),
    policies: checks.list(`${path}.policies`, policies, 0, "policies").map((item, index) => {
      const at = `${path}.policies[${index}]`;
      const { periodSeconds, type, value } = checks.object(at, item);
      return {
        type: checks.plain(`${at}.type`, type, oneOf(ScalingPolicyType)),
        value: checks.plain(`${at}.value`, value, int32(1)),
        periodSeconds: checks.plain(`${at}.periodSeconds`, periodSeconds, integer(1, 1800)),
      };
    }),
  });
}
