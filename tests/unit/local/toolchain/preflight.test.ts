import { describe, expect, test } from "vitest";
import {
  type BuildNeeds,
  buildNeeds,
  isAtLeast,
  type MachineFacts,
  missingPrerequisites,
} from "../../../../local/toolchain/preflight.ts";
import { recipes } from "../../../../local/toolchain/recipes.ts";

const needs: BuildNeeds = {
  go: "1.26.0",
  python: true,
  packages: true,
  megabytes: 25_000,
  directory: "/cache",
};
const machine: MachineFacts = {
  go: { version: "go1.26.0", toolchain: "local" },
  python: { executable: "/usr/bin/python3.12", version: "3.12.1", venv: true },
  packages: { distribution: "debian-12", debian: true, missing: ["containerd"] },
  freeMegabytes: 25_000,
};

describe("isAtLeast", () => {
  test.each([
    ["go1.26.0", "1.26.0", true],
    ["go1.26.8", "1.26.0", true],
    ["go1.27", "1.26.3", true],
    ["go1.9.2", "1.26.0", false],
    ["go1.26rc1", "1.26.0", true],
    ["3.9.18", "3.10", false],
    ["4.0", "3.10", true],
  ])("isAtLeast: compares numbers when given %s and %s", (version, oldest, expected) => {
    expect(isAtLeast(version, oldest)).toBe(expected);
  });
});

describe("missingPrerequisites", () => {
  test("missingPrerequisites: names nothing when the machine has just what is needed", () => {
    expect(missingPrerequisites(needs, machine)).toEqual([]);
  });

  test("missingPrerequisites: names everything at once when nothing is there", () => {
    const packages = { distribution: "fedora-41", debian: false, missing: ["runc", "haproxy"] };
    const bare: MachineFacts = {
      go: undefined,
      python: undefined,
      packages,
      freeMegabytes: 1_234,
    };

    expect(missingPrerequisites(needs, bare)).toEqual([
      "Go is not on PATH; install Go 1.26.0 or later from https://go.dev/dl or your package manager",
      "Python is not on PATH as python3; install Python 3.10 or later with its venv module (on Debian and Ubuntu the packages python3 and python3-venv)",
      "real nodes need programs that this machine (fedora-41) lacks: runc, haproxy; apt-get and dpkg-deb are not on PATH to fetch them, so install them with the package manager of fedora-41, the programs on PATH and the CNI plugins (ptp, host-local, loopback) in /opt/cni/bin or /usr/lib/cni, or use simulated nodes",
      "/cache has 1.2 GB of free disk space, must be at least 25.0 GB while the tools are installed; free some, or set PULUMI_KUBERNETES_SERVICES_CACHE to a folder on another disk",
    ]);
  });

  test("missingPrerequisites: asks for nothing that no missing tool needs", () => {
    const packages = { distribution: "fedora-41", debian: false, missing: ["runc"] };
    const bare: MachineFacts = { go: undefined, python: undefined, packages, freeMegabytes: 700 };
    const kwokOnly = { ...needs, python: false, packages: false, go: undefined, megabytes: 700 };

    expect(missingPrerequisites(kwokOnly, bare)).toEqual([]);
  });

  test("missingPrerequisites: tells why there are no releases beside what Go lacks, and only then", () => {
    const notes = ["official releases cannot be reached (closed); set HTTPS_PROXY"];
    const lacking = missingPrerequisites({ ...needs, notes }, { ...machine, go: undefined });

    expect(lacking.map((problem) => problem.split(";")[0])).toEqual([
      "official releases cannot be reached (closed)",
      "Go is not on PATH",
    ]);
    expect(missingPrerequisites({ ...needs, notes }, machine)).toEqual([]);
  });

  test.each([
    ["go1.25.4", "local", 1],
    ["go1.25.4", "auto", 0],
    ["go1.25.4", "go1.25.4+auto", 0],
    ["go1.20.1", "auto", 1],
  ])(
    "missingPrerequisites: judges Go when it is %s with toolchain %s",
    (version, toolchain, count) => {
      const facts = { ...machine, go: { version, toolchain } };

      expect(missingPrerequisites(needs, facts)).toHaveLength(count);
    },
  );

  test.each([
    ["3.9.2", true, "Python is 3.9.2, must be 3.10 or later"],
    ["3.12.1", false, "Python cannot make virtual environments"],
  ])("missingPrerequisites: names Python when it is %s with venv %s", (version, venv, start) => {
    const facts = { ...machine, python: { executable: "/usr/bin/python3", version, venv } };

    expect(missingPrerequisites(needs, facts)).toEqual([expect.stringContaining(start)]);
  });
});

describe("buildNeeds", () => {
  test("buildNeeds: adds up disk space and takes the newest Go when all recipes are missing", async () => {
    const all = await buildNeeds(recipes, "/cache");

    expect(all.go).toMatch(/^1\.\d+\.\d+$/);
    expect(all.python).toBe(true);
    expect(all.megabytes).toBe(recipes.reduce((sum, recipe) => sum + recipe.buildMegabytes, 0));
  });

  test("buildNeeds: needs no Python when only Go tools are missing", async () => {
    const etcd = recipes.filter((recipe) => recipe.name === "etcd");

    expect(await buildNeeds(etcd, "/cache")).toMatchObject({ python: false, directory: "/cache" });
  });

  test("buildNeeds: needs packages only when one of the recipes is made of them", async () => {
    const [packaged, others] = [true, false].map((wanted) =>
      recipes.filter((recipe) => (recipe.kind === "debian") === wanted),
    );

    expect(await buildNeeds(packaged ?? [], "/cache")).toMatchObject({
      packages: true,
      go: undefined,
    });
    expect(await buildNeeds(others ?? [], "/cache")).toMatchObject({ packages: false });
  });

  test("buildNeeds: needs no Go when only moto is missing", async () => {
    const moto = recipes.filter((recipe) => recipe.name === "moto");

    expect((await buildNeeds(moto, "/cache")).go).toBeUndefined();
  });
});
