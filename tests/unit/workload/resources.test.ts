import { expect, test } from "vitest";
import type { ResourcesArgs } from "../../../components/index.ts";
import { Checks } from "../../../components/validation.ts";
import { readResources } from "../../../components/workload/resources.ts";

function read(resources: ResourcesArgs | undefined) {
  const checks = new Checks({ type: "Backend", name: "web" });
  const result = readResources(checks, resources);
  checks.done();
  return result;
}

test("readResources: requests and limits everything when nothing is stated", () => {
  expect(read(undefined)).toEqual({
    requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
    limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
  });
});

test("readResources: has no limit of a resource when only its request is stated", () => {
  expect(read({ requests: { cpu: "2" } })).toEqual({
    requests: { memory: "128Mi", "ephemeral-storage": "64Mi", cpu: "2" },
    limits: { memory: "256Mi", "ephemeral-storage": "256Mi" },
  });
});

test("readResources: leaves the request to the API server when only the limit is stated", () => {
  expect(read({ limits: { memory: "64Mi" } })).toEqual({
    requests: { cpu: "100m", "ephemeral-storage": "64Mi" },
    limits: { cpu: "500m", "ephemeral-storage": "256Mi", memory: "64Mi" },
  });
});

test.each([
  [
    { requests: { cpu: "much" } },
    'args.resources.requests.cpu is "much", must be a Kubernetes quantity in a text, such as "250m" or "128Mi"',
  ],
  [
    { limits: { cpu: 1 } },
    'args.resources.limits.cpu is 1, must be a Kubernetes quantity in a text, such as "250m" or "128Mi"',
  ],
  [{ limits: [] }, "args.resources.limits is an empty list, must be an object"],
  ["small", 'args.resources is "small", must be an object'],
])("readResources: fails when it gets %j", (resources, message) => {
  expect(() => read(resources as ResourcesArgs)).toThrow(`Cannot create Backend "web": ${message}`);
});
