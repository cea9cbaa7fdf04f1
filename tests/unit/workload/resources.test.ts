import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import type { ResourcesArgs } from "../../../components/index.ts";
import { Checks } from "../../../components/validation/checks.ts";
import { readResources } from "../../../components/workload/resources.ts";
import { refusalOf } from "../support/deployment.ts";

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
    'args.resources.requests.cpu is "much", must be a Kubernetes quantity as a string, such as "250m" or "128Mi"',
  ],
  [
    { limits: { cpu: 1 } },
    'args.resources.limits.cpu is 1, must be a Kubernetes quantity as a string, such as "250m" or "128Mi"',
  ],
  [
    { requests: { cpu: "1.5" }, limits: { cpu: "1499m" } },
    'args.resources.limits.cpu is "1499m", must be at least the request',
  ],
  [
    { requests: { memory: "1.5" } },
    'args.resources.requests.memory is "1.5", must be a whole number',
  ],
  [
    { limits: { "example.com/gpu": "500m" } },
    'args.resources.limits.example.com/gpu is "500m", must be a whole number',
  ],
  [
    { requests: { "example.com/gpu": "1" }, limits: { "example.com/gpu": "2" } },
    'args.resources.limits.example.com/gpu is "2", must equal the request',
  ],
  [
    { requests: { "example.com/gpu": "1" } },
    "args.resources.limits.example.com/gpu is undefined, must be stated with a request of a device",
  ],
  [{ limits: [] }, "args.resources.limits is an empty list, must be an object"],
  ["small", 'args.resources is "small", must be an object'],
])("readResources: fails when it gets %j", (resources, message) => {
  expect(() => read(resources as ResourcesArgs)).toThrow(`Cannot create Backend "web": ${message}`);
});

test("readResources: takes a limit that equals the request when they are written differently", () => {
  const requests = { cpu: "0.5", memory: "1Ki", "example.com/gpu": "1" };
  const limits = { cpu: "500000u", memory: "1.024e3", "example.com/gpu": "1." };

  expect(read({ requests, limits })).toMatchObject({ requests, limits });
});

test.each([
  ["limit", { requests: { cpu: "2" }, limits: { cpu: pulumi.output("1") } }],
  ["request", { requests: { cpu: pulumi.output("2") }, limits: { cpu: "1" } }],
])("readResources: fails when a late %s arrives and is on the wrong side", async (_, resources) => {
  expect(await refusalOf({ resources })).toBe(
    'args.resources.limits.cpu is "1", must be at least the request',
  );
});

test("readResources: leaves a known limit known when only the request of another resource is late", () => {
  const { limits } = read({ requests: { memory: pulumi.output("1Gi") }, limits: { cpu: "1" } });

  expect(limits["cpu"]).toBe("1");
});

test.each(["gpu", "hugepages-2Mi", "requests.example.com/gpu", "/gpu", "constructor"])(
  "readResources: fails when it gets the resource %s",
  (name) => {
    expect(() => read({ limits: { [name]: "1" } })).toThrow(
      `args.resources.limits key is "${name}", must be "cpu", "memory", "ephemeral-storage" or the name of a device, such as nvidia.com/gpu`,
    );
  },
);
