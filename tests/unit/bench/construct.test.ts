import { join } from "node:path";
import { expect, test } from "vitest";
import { everyField, fewFields, ofNumber } from "../../../bench/construct/every-field.ts";
import { Backend } from "../../../components/index.ts";
import { interfacesIn } from "../support/interfaces.ts";
import { runProgram } from "../support/run-program.ts";

/** What cannot stand beside the others, each with what excludes it. */
const EXCLUDED = {
  adopt: "a Deployment of another program",
  externalAutoscaler: "autoscaling",
  headless: "headlessServiceName",
  podDisruptionBudget: "disruptionBudget",
  replicas: "autoscaling",
  serviceAccountName: "serviceAccountAnnotations",
};

test("everyField: has every argument of a Backend but those that others exclude, and a Backend takes them", async () => {
  const fields = interfacesIn(join(import.meta.dirname, "../../../components")).get("BackendArgs");
  const has = Object.keys({ ...everyField, ...ofNumber(0), ...EXCLUDED }).sort();

  expect(has).toEqual(fields?.map(({ name }) => name).sort());
  const run = await runProgram(() => new Backend("web-0", { ...everyField, ...ofNumber(0) }));
  expect(run.resources.map(({ type }) => type)).toContain(
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  );
});

test("fewFields: has what a Backend requires", () => {
  expect(Object.keys(fewFields)).toEqual(["namespace", "image", "ports", "readinessProbe"]);
});
