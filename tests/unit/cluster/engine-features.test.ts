import { describe, expect, test } from "vitest";
import { engineProblem, packageProblem } from "../../../components/cluster/engine-features.ts";
import { runProgram } from "../support/run-program.ts";

const engine = (features: readonly string[], version?: string) => ({
  supports: async (feature: string) => features.includes(feature),
  version: async () => version,
});
const judged = async (given: Parameters<typeof engineProblem>[0]) =>
  (await runProgram(() => engineProblem(given))).result;

describe("engineProblem", () => {
  test("engineProblem: is nothing when the command line has all that is used", async () => {
    const all = ["resourceHooks", "replacementTrigger", "errorHooks", "others"];

    expect(await judged(engine(all, "3.218.0"))).toBeUndefined();
  });

  test("engineProblem: says what is missing, and the versions, when it is older", async () => {
    expect(await judged(engine(["resourceHooks"], "3.190.0"))).toBe(
      'Cannot run stack "dev": Pulumi\'s command line has no replacementTrigger, errorHooks, must be version 3.218.0 or later, found 3.190.0; ' +
        "install one from https://www.pulumi.com/docs/iac/download-install/",
    );
  });

  test("engineProblem: says that the version is not known when it is too old to say it", async () => {
    expect(await judged(engine([]))).toContain(
      "found an older one that does not report its version;",
    );
  });
});

describe("packageProblem", () => {
  const problem = async (sdk: string, kubernetes: string) => {
    const installed = { "@pulumi/pulumi": sdk, "@pulumi/kubernetes": kubernetes };
    return (await runProgram(() => packageProblem(installed))).result;
  };

  test.each([
    ["3.259.0", "4.25.0"],
    ["3.259.1", "4.26.0-alpha.1"],
    ["3.260.0-alpha.x1", "5.0.0"],
    ["4.0.0", "4.25.0+local"],
  ])("packageProblem: is nothing when they are %s and %s", async (sdk, kubernetes) => {
    expect(await problem(sdk, kubernetes)).toBeUndefined();
  });

  test.each([
    [
      "3.258.9",
      "4.25.0",
      "@pulumi/pulumi is 3.258.9, must be 3.259.0 or later; npm install @pulumi/pulumi@^3.259.0",
    ],
    [
      "2.300.0",
      "4.25.0",
      "@pulumi/pulumi is 2.300.0, must be 3.259.0 or later; npm install @pulumi/pulumi@^3.259.0",
    ],
    [
      "3.259.0",
      "4.24.1",
      "@pulumi/kubernetes is 4.24.1, must be 4.25.0 or later; npm install @pulumi/kubernetes@^4.25.0",
    ],
    [
      "3.9.0",
      "4.3.0",
      "@pulumi/pulumi is 3.9.0, must be 3.259.0 or later, @pulumi/kubernetes is 4.3.0, must be 4.25.0 or later; npm install @pulumi/pulumi@^3.259.0 @pulumi/kubernetes@^4.25.0",
    ],
  ])(
    "packageProblem: names what is older, and how to get it, when they are %s and %s",
    async (sdk, kubernetes, text) => {
      expect(await problem(sdk, kubernetes)).toBe(`Cannot run stack "dev": ${text}`);
    },
  );
});
