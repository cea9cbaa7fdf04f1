import { describe, expect, test } from "vitest";
import {
  currentVersions,
  describeVersions,
  newestVersions,
} from "../../../../local/refresh/plan.ts";
import type { Registries } from "../../../../local/refresh/registries.ts";

const current = { engine: "3.259.0", launcher: "3.259.0" };

/** Registries that serve these versions and no other name. */
function registries(served: Readonly<Record<string, readonly string[]>>): Registries {
  const versionsOf = async (name: string) => served[name] ?? [];
  return { goModule: versionsOf, npmPackage: versionsOf };
}

const engine = "github.com/pulumi/pulumi/pkg/v3";
const goSdk = "github.com/pulumi/pulumi/sdk/v3";
const everywhere = {
  [engine]: ["v3.259.0", "v3.275.0", "v3.276.0"],
  [goSdk]: ["v3.259.0", "v3.275.0", "v3.276.0"],
  "@pulumi/pulumi": ["3.259.0", "3.275.0", "3.276.0"],
  pulumi: ["3.259.0", "3.265.0"],
};

describe("newestVersions", () => {
  test("newestVersions: are the newest that are served when modules and package agree", async () => {
    const newest = await newestVersions(current, registries(everywhere));

    expect(newest).toEqual({ engine: "3.276.0", launcher: "3.265.0" });
  });

  test.each(Object.keys(everywhere).filter((name) => name !== "pulumi"))(
    "newestVersions: are those that all have when %s is behind the others",
    async (name) => {
      const served = { ...everywhere, [name]: ["3.259.0", "3.275.0"] };

      const newest = await newestVersions(current, registries(served));

      expect(newest.engine).toBe("3.275.0");
    },
  );

  test("newestVersions: keep the launcher at most as new as the engine when it is ahead", async () => {
    const served = { ...everywhere, pulumi: ["3.259.0", "3.265.0", "3.276.0", "3.277.0"] };

    const newest = await newestVersions(current, registries(served));

    expect(newest.launcher).toBe("3.276.0");
  });

  test("newestVersions: are those of now when the registries serve older ones alone", async () => {
    const now = { engine: "3.280.0", launcher: "3.279.0" };

    expect(await newestVersions(now, registries(everywhere))).toEqual(now);
  });

  test("newestVersions: fails when a registry cannot be asked", async () => {
    const silent = new Error("no answer");
    const half = { ...registries(everywhere), goModule: () => Promise.reject(silent) };

    await expect(newestVersions(current, half)).rejects.toBe(silent);
  });
});

describe("currentVersions", () => {
  const manifest = (sdk: string) => ({
    version: "0.1.0",
    devDependencies: { "@pulumi/pulumi": sdk, pulumi: "3.250.0" },
  });

  test("currentVersions: are the engine's and the launcher's when the package is as old or older", () => {
    expect(currentVersions("3.259.0", manifest("3.259.0"))).toEqual({
      engine: "3.259.0",
      launcher: "3.250.0",
    });
    // A refresh that was ended before it came to the packages goes on from there.
    expect(currentVersions("3.276.0", manifest("3.259.0")).engine).toBe("3.276.0");
  });

  test("currentVersions: fails when the package would have to go back", () => {
    expect(() => currentVersions("3.259.0", manifest("3.276.0"))).toThrow(
      "Cannot refresh @pulumi/pulumi: package.json has 3.276.0, which is newer than the engine's 3.259.0 in local/toolchain/versions.ts; give both the same version",
    );
  });
});

describe("describeVersions", () => {
  test("describeVersions: tells what is behind and what is not", () => {
    expect(describeVersions(current, { engine: "3.276.0", launcher: "3.259.0" })).toEqual([
      "Pulumi 3.259.0 is behind 3.276.0",
      "npm's launcher pulumi 3.259.0 is the newest",
    ]);
  });
});
