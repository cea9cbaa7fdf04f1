import { expect, test } from "vitest";
import { podOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

test("Backend: says on which nodes its Pods may run when scheduling is given", async () => {
  const pod = await podOf({
    nodeSelector: { "kubernetes.io/arch": later("arm64") },
    tolerations: [
      {},
      { key: "example.com/spot", value: "true", effect: "NoSchedule" },
      { key: "gone", effect: "NoExecute", tolerationSeconds: later(30) },
    ],
    priorityClassName: later("high"),
  });

  expect(pod).toMatchObject({
    nodeSelector: { "kubernetes.io/arch": "arm64" },
    tolerations: [
      { operator: "Exists" },
      { key: "example.com/spot", operator: "Equal", value: "true", effect: "NoSchedule" },
      { key: "gone", operator: "Exists", effect: "NoExecute", tolerationSeconds: 30 },
    ],
    priorityClassName: "high",
  });
});

test.each([
  [
    { nodeSelector: { "a b": "c" } },
    'args.nodeSelector key is "a b", must be a name of at most 63 letters, digits, "-", "_" and ".", optionally after a DNS name and "/"',
  ],
  [
    { nodeSelector: { a: later("b c") } },
    'args.nodeSelector["a"] is "b c", must be at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
  ],
  [{ tolerations: [1] }, "args.tolerations[0] is 1, must be an object"],
  [
    { tolerations: [{ value: "a" }] },
    "args.tolerations[0].key is undefined, must be given with a value",
  ],
  [
    { tolerations: [{ key: "a", value: "b c" }] },
    'args.tolerations[0].value is "b c", must be at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
  ],
  [
    { tolerations: [{ effect: "Never" }] },
    'args.tolerations[0].effect is "Never", must be "NoSchedule" or "PreferNoSchedule" or "NoExecute"',
  ],
  [
    { tolerations: [{ key: "a", tolerationSeconds: 1 }] },
    'args.tolerations[0].effect is undefined, must be "NoExecute" with tolerationSeconds',
  ],
  [
    { tolerations: [{ effect: "NoExecute", tolerationSeconds: -1 }] },
    "args.tolerations[0].tolerationSeconds is -1, must be an integer from 0 up",
  ],
  [
    { priorityClassName: "High" },
    'args.priorityClassName is "High", must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
  ],
])("Backend: fails when its scheduling is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
