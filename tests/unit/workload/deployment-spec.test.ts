import { expect, test } from "vitest";
import { normalizeBackend } from "../../../components/backend/normalize.ts";
import { Checks } from "../../../components/validation/checks.ts";
import { deploymentSpec } from "../../../components/workload/deployment-spec.ts";
import { minimal } from "../support/args.ts";

test("deploymentSpec: keeps the selector's label when another one of that key gets as far as here", () => {
  const checks = new Checks({ type: "Backend", name: "web" });
  const spec = normalizeBackend(checks, "web", { ...minimal, labels: { app: "other" } });

  const { selector, template } = deploymentSpec(spec, {}, "salt");

  expect({ selector, template }).toMatchObject({
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } } },
  });
});

test("deploymentSpec: emits no empty object or list when nothing would be in it", () => {
  const checks = new Checks({ type: "Backend", name: "web" });
  const limits = { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" };
  const given = { ...minimal, resources: { limits }, env: {}, annotations: {} };

  const text = JSON.stringify(deploymentSpec(normalizeBackend(checks, "web", given), {}, "salt"));

  expect(text).not.toMatch(/\{\}|\[\]/);
});
