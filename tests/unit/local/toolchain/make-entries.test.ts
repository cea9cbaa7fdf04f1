import { describe, expect, test } from "vitest";
import { entryOf } from "../../../../local/toolchain/cache.ts";
import { needsOf } from "../../../../local/toolchain/make-entries.ts";
import { recipes } from "../../../../local/toolchain/recipes.ts";
import { withReleases } from "../../../../local/toolchain/releases/plan-releases.ts";

const linux = { os: "linux", arch: "amd64" };

async function planOf(names: readonly string[], platform = linux) {
  const chosen = recipes.filter(({ name }) => names.includes(name));
  const entries = await Promise.all(chosen.map((recipe) => entryOf(recipe, "/cache")));
  const pins = { of: () => undefined, remember: () => undefined };
  return withReleases(entries, platform, pins);
}

const buildMegabytes = (name: string) =>
  recipes.find((recipe) => recipe.name === name)?.buildMegabytes ?? Number.NaN;

describe("needsOf", () => {
  test("needsOf: asks for no Go, and for room for the downloads alone, when all is downloaded", async () => {
    const plan = await planOf(["etcd", "kubernetes"]);

    const needs = await needsOf(plan, "/cache");

    expect(plan.downloads).toHaveLength(2);
    expect(needs.go).toBeUndefined();
    expect(needs.megabytes).toBe(500);
  });

  test("needsOf: asks for Go, and for room for both, when something is built beside the download", async () => {
    const needs = await needsOf(await planOf(["etcd", "kube-score"]), "/cache");

    expect(needs.go).toMatch(/^1\.\d+/);
    expect(needs.megabytes).toBe(100 + buildMegabytes("kube-score"));
  });

  test("needsOf: asks for room for builds when the platform has no releases", async () => {
    const needs = await needsOf(await planOf(["etcd"], { os: "linux", arch: "riscv64" }), "/cache");

    expect([needs.go, needs.megabytes]).toEqual([expect.any(String), buildMegabytes("etcd")]);
  });
});
