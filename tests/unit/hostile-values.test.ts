import { describe, expect, test } from "vitest";
import {
  Backend,
  InvalidArgsError,
  LoadBalancerService,
  NodePortService,
} from "../../components/index.ts";
import { cluster, smallest, target } from "./support/args.ts";
import { failureOf } from "./support/run-program.ts";

const ports = [{ port: 80, targetPort: "http" }];
/** It cannot be made a text. */
const bare = Object.create(null);
/** What names ports and volumes, so that names are compared. */
const naming = {
  ...smallest,
  ...{ ports: [{ name: "http", containerPort: 80, port: 80 }], headless: true },
  allowedCallers: [{ ports: ["http"] }],
  initContainers: [{ name: "init", image: "init:1", volumes: ["tmp"] }],
};
/** A list whose first item is not even undefined. */
const holed = [undefined];
delete holed[0];

async function pathsOf(program: () => unknown): Promise<string[]> {
  const error = await failureOf(program);
  expect(error).toBeInstanceOf(InvalidArgsError);
  return (error as InvalidArgsError).problems.map(({ path }) => path);
}

describe("values that nothing can be done with", () => {
  test.each([
    ["namespace", bare, "args.namespace"],
    ["namespace", Symbol("shop"), "args.namespace"],
    ["app", bare, "args.app"],
    ["serviceName", bare, "args.serviceName"],
    ["ports", holed, "args.ports[0]"],
    ["entrances", [bare], "args.entrances[0]"],
    ["ports", [{ name: bare, containerPort: 1 }], "args.ports[0].name"],
    ["ports", [{ name: "a", containerPort: bare, port: 1 }], "args.ports[0].containerPort"],
    ["allowedCallers", [{ ports: [bare] }], "args.allowedCallers[0].ports[0]"],
    ["initContainers", holed, "args.initContainers[0]"],
    ["volumes", holed, "args.volumes[0]"],
    ["volumes", [{ name: bare, mountPath: "/a", secretName: "a" }], "args.volumes[0].name"],
    ["tolerations", holed, "args.tolerations[0]"],
  ])("Backend: fails with the path when its %s is one", async (field, value, path) => {
    expect(
      await pathsOf(() => new Backend("web", { ...naming, [field]: value } as never)),
    ).toContain(path);
  });

  test.each([
    ["serviceName", bare, "args.serviceName"],
    ["ports", holed, "args.ports[0]"],
    ["ports", [{ ...ports[0], nodePort: bare }], "args.ports[0].nodePort"],
    [
      "cluster",
      { ...cluster, nodePortRange: { first: bare, last: bare } },
      "args.cluster.nodePortRange.first",
    ],
  ])("NodePortService: fails with the path when its %s is one", async (field, value, path) => {
    const args = { cluster, target, ports, [field]: value } as never;

    expect(await pathsOf(() => new NodePortService("dev", args))).toContain(path);
  });

  test.each([
    ["exposure", bare, "args.exposure"],
    ["sourceRanges", holed, "args.sourceRanges[0]"],
    ["cluster", { controller: bare }, "args.cluster.controller"],
    ["target", { ...target, ports: holed }, "args.target.ports[0]"],
  ])("LoadBalancerService: fails with the path when its %s is one", async (field, value, path) => {
    const args = { cluster, target, ports, exposure: "Internal", [field]: value } as never;

    expect(await pathsOf(() => new LoadBalancerService("front", args))).toContain(path);
  });
});
