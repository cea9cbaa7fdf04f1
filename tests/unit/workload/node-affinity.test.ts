import { expect, test } from "vitest";
import { NodeSelectorOperator, Spread } from "../../../components/index.ts";
import { podOf, refusalOf } from "../support/deployment.ts";

const { Exists, Gt, In } = NodeSelectorOperator;
const arm = { key: "kubernetes.io/arch", operator: In, values: ["arm64"] };
const fast = { key: "example.com/disk", operator: Exists };

test("Backend: needs all the labels of nodes without a weight and prefers those with one", async () => {
  const pod = await podOf({ nodeAffinity: [arm, { ...fast, weight: 10 }, fast] });

  expect(pod.affinity.nodeAffinity).toEqual({
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 10, preference: { matchExpressions: [fast] } },
    ],
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [arm, fast] }],
    },
  });
  expect(pod.affinity).toHaveProperty("podAntiAffinity");
});

test("Backend: has no affinity but that of nodes when its Pods are not spread", async () => {
  const pod = await podOf({ nodeAffinity: [arm], spread: Spread.None });

  expect(Object.keys(pod.affinity)).toEqual(["nodeAffinity"]);
});

test.each([
  [
    { ...arm, values: [] },
    "values is an empty list, must be a list of at least one value; use Exists for any value",
  ],
  [
    { ...fast, values: ["a"] },
    "values is a list, must not be set with the operator Exists; use In for values",
  ],
  [
    { ...arm, operator: NodeSelectorOperator.NotIn, values: [] },
    "values is an empty list, must be a list of at least one value; use DoesNotExist for any value",
  ],
  [
    { ...fast, operator: NodeSelectorOperator.DoesNotExist, values: ["a"] },
    "values is a list, must not be set with the operator DoesNotExist; use NotIn for values",
  ],
  [
    { ...arm, operator: Gt, values: ["1", "2"] },
    "values is a list, must be one integer with the operator Gt",
  ],
  [
    { ...arm, operator: Gt, values: ["one"] },
    'values[0] is "one", must be an integer from 0 up as a string, such as "4"',
  ],
  [{ ...arm, weight: 101 }, "weight is 101, must be an integer from 1 to 100"],
])("Backend: fails when the affinity is %j", async (affinity, message) => {
  expect(await refusalOf({ nodeAffinity: [affinity] })).toBe(`args.nodeAffinity[0].${message}`);
});
