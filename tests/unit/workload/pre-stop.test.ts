import { expect, test } from "vitest";
import type { BackendArgs } from "../../../components/index.ts";
import { containerOf, deploymentOf, refusalOf } from "../support/deployment.ts";

const command = ["/bin/sh", "-c", "nginx -s quit; sleep 10"];

test.each([[{ exec: { command } }], [{ httpGet: { path: "/quit", port: "http" } }]])(
  "Backend: does %j before it stops when that is stated",
  async (preStop) => {
    const { lifecycle } = await containerOf({ preStop });
    const { spec } = await deploymentOf({ preStop });

    expect(lifecycle).toEqual({ preStop });
    // As long as with a wait.
    expect(spec.template.spec.terminationGracePeriodSeconds).toBe(45);
  },
);

test.each<[Partial<BackendArgs>, string]>([
  [{ preStop: {} }, "args.preStop is an object, must have exactly one of exec, httpGet"],
  [
    { preStop: { exec: { command }, httpGet: { path: "/", port: "http" } } },
    'args.preStop is "exec and httpGet", must have exactly one of exec, httpGet',
  ],
  [
    { preStop: { httpGet: { path: "/", port: "admin" } } },
    'args.preStop.httpGet.port is "admin", must be the name of a declared port: http',
  ],
])("Backend: fails when it has %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
