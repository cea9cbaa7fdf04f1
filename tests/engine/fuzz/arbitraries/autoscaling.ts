import fc from "fast-check";
import {
  type AutoscalingArgs,
  type MetricArgs,
  MetricType,
  type ScalingPolicyArgs,
  ScalingPolicySelect,
  ScalingPolicyType,
  type ScalingRulesArgs,
} from "../../../../components/index.ts";
import { fields, never, oneOf, textsBy } from "./fields.ts";
import { count, whole } from "./numbers.ts";
import { labelValue, qualifiedName } from "./texts.ts";

const quantity = fc.constantFrom("1", "100", "500m", "1k", "2Gi");
const name = fc.constantFrom("http_requests_per_second", "queue.length", "sqs-messages", "a b");
const matchLabels = textsBy(qualifiedName, labelValue);
const { External, Pods } = MetricType;

const metric: fc.Arbitrary<MetricArgs> = fc.oneof(
  fields<MetricArgs & { averageValue: string }>(
    { type: fc.constantFrom(External, Pods), name, averageValue: quantity },
    { matchLabels, value: never },
  ),
  fields<MetricArgs & { value: string }>(
    { type: fc.constant(External), name, value: quantity },
    { matchLabels, averageValue: never },
  ),
);

const policy = fc.record<ScalingPolicyArgs>({
  type: oneOf(ScalingPolicyType),
  value: count(1),
  periodSeconds: whole(1, 1800),
});

const rules = fields<ScalingRulesArgs>(
  {},
  {
    stabilizationWindowSeconds: whole(0, 3600),
    selectPolicy: oneOf(ScalingPolicySelect),
    policies: fc.array(policy, { minLength: 1, maxLength: 3 }),
  },
);

/** What an autoscaler looks at besides CPU and memory, and how fast it acts. */
export const behavior = fields<Pick<AutoscalingArgs, "metrics" | "scaleDown" | "scaleUp">>(
  {},
  {
    metrics: fc.array(metric, { minLength: 1, maxLength: 2 }),
    scaleUp: rules,
    scaleDown: rules,
  },
);
