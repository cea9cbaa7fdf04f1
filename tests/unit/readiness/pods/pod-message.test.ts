import type { V1Container, V1Pod } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import { podMessage, withoutValues } from "../../../../components/readiness/pods/pod-message.ts";

const withContainer = (container: Partial<V1Container>): V1Pod => ({
  metadata: { name: "orders-0" },
  spec: { containers: [{ name: "orders", image: "registry.example/orders:1", ...container }] },
});

describe("withoutValues", () => {
  test.each([
    [
      'Readiness probe failed: Get "http://10.0.0.7:8080/hook/abc?token=abc#x": EOF',
      'Readiness probe failed: Get "http://10.0.0.7:8080/…": EOF',
    ],
    ["cannot reach amqp://me:pass@broker:5672/vhost now", "cannot reach amqp://broker:5672/… now"],
    ["cannot reach redis://:pass@cache now", "cannot reach redis://cache now"],
    ["cannot reach https://cache?token=abc now", "cannot reach https://cache/… now"],
    [
      'spec.containers[0].args[1]: Invalid value: "a \\"b\\": c": must not',
      "spec.containers[0].args[1]: Invalid value: [secret]: must not",
    ],
    ["replicas: Invalid value: 48213: must be", "replicas: Invalid value: [secret]: must be"],
    [
      'Back-off pulling image "registry.example/orders:1"',
      'Back-off pulling image "registry.example/orders:1"',
    ],
  ])("withoutValues: makes of %j %j", (text, shown) => {
    expect(withoutValues(text)).toBe(shown);
  });
});

describe("saidOf", () => {
  const exec = { command: ["check-me"] };
  const httpHeaders = [{ name: "Authorization", value: "header-value" }];
  test.each<[string, Partial<V1Container>]>([
    ["--token=abcdef", { args: ["--token=abcdef"] }],
    ["run-secretly", { command: ["run-secretly"] }],
    ["variable", { env: [{ name: "A", value: "variable" }] }],
    ["/hook/abc", { readinessProbe: { httpGet: { port: 80, path: "/hook/abc?x=1" } } }],
    ["header-value", { livenessProbe: { httpGet: { port: 80, httpHeaders } } }],
    ["check-me", { startupProbe: { exec } }],
    ["check-me", { lifecycle: { preStop: { exec } } }],
    ["check-me", { lifecycle: { postStart: { exec } } }],
  ])("podMessage: leaves %j out when the Pod has it in %j", (secret, container) => {
    const text = `Exec lifecycle hook ([/bin/sh ${secret}]) failed`;

    expect(podMessage(withContainer(container), text)).toBe(
      "Exec lifecycle hook ([/bin/sh [secret]]) failed",
    );
    expect(podMessage(withContainer({}), text)).toBe(text);
  });

  test("podMessage: leaves the names of the Pod and its image alone when it has them as a variable, too", () => {
    const env = [{ name: "NAME", value: "orders" }];
    const text = 'Failed to pull image "registry.example/orders:1" of orders-0';

    expect(podMessage(withContainer({ env }), text)).toBe(text);
  });

  test("podMessage: looks at init containers, too, when there are some", () => {
    const pod = withContainer({});
    const initContainers = [{ name: "migrate", args: ["--password=abc"] }];
    const spec = { containers: [], ...pod.spec, initContainers };

    expect(podMessage({ ...pod, spec }, "exec: --password=abc")).toBe("exec: [secret]");
  });
});
