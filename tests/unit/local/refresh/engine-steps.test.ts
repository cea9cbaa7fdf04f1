import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { engineSteps } from "../../../../local/refresh/engine-steps.ts";
import { carryOut } from "../../../../local/refresh/step.ts";
import { ChildFailedError } from "../../../../local/toolchain/run-child.ts";
import {
  both,
  type FakeCheckout,
  fakeCheckout,
  goMod,
  packageJson,
  writes,
} from "./fake-checkout.ts";

const graph = "local/pins/pulumi";
const versions = { engine: "3.276.0", launcher: "3.265.0" };

let checkout: FakeCheckout;
let said: string[];

beforeEach(() => {
  checkout = fakeCheckout();
  said = [];
  checkout.does("go get", both(writes("go.mod", goMod("3.276.0")), writes("go.sum", "loose\n")));
  checkout.does("go mod tidy", writes("go.sum", "sums of 3.276.0\n"));
  checkout.does(
    "npm install",
    both(
      writes("package.json", packageJson("3.276.0", "3.265.0")),
      writes("package-lock.json", "lock of 3.276.0\n"),
    ),
  );
});

afterEach(() => checkout.remove());

const refresh = (to = versions) =>
  carryOut(engineSteps(to, checkout.place), checkout.place.root, (line) => said.push(line));

const files = () =>
  ["go.mod", "go.sum"]
    .map((file) => `${graph}/${file}`)
    .concat("local/toolchain/versions.ts", "package.json", "package-lock.json")
    .map(checkout.read);

describe("engineSteps", () => {
  test("engineSteps: write the new version everywhere when it is served", async () => {
    await refresh();

    expect(files()).toEqual([
      goMod("3.276.0"),
      "sums of 3.276.0\n",
      '{\n  pulumi: "3.276.0",\n}\n',
      packageJson("3.276.0", "3.265.0"),
      "lock of 3.276.0\n",
    ]);
    expect(checkout.commands).toEqual([
      "go get github.com/pulumi/pulumi/pkg/v3@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0",
      "go mod tidy",
      "npm install --save-dev --save-exact --omit-lockfile-registry-resolved --package-lock-only --ignore-scripts --no-audit --no-fund @pulumi/pulumi@3.276.0 pulumi@3.265.0",
      "node local/install.cjs",
    ]);
    expect(said).toEqual([
      `${graph}/go.mod and its go.sum have 3.276.0`,
      "local/toolchain/versions.ts has 3.276.0",
      "package.json and package-lock.json have @pulumi/pulumi@3.276.0 and pulumi@3.265.0",
    ]);
  });

  test("engineSteps: ask no registry and write nothing when all is of that version", async () => {
    const before = files();

    await refresh({ engine: "3.259.0", launcher: "3.259.0" });

    expect(files()).toEqual(before);
    expect(checkout.commands).toEqual(["node local/install.cjs"]);
  });

  test("engineSteps: go on from where they were when a step before has been done", async () => {
    await refresh();
    checkout.write("package.json", packageJson("3.259.0", "3.259.0"));
    checkout.commands.length = 0;

    await refresh();

    expect(checkout.commands.map((line) => line.split(" ")[0])).toEqual(["npm", "node"]);
  });

  test.each([
    ["go get", "the module graph of Pulumi 3.276.0", 0],
    ["go mod tidy", "the module graph of Pulumi 3.276.0", 0],
    ["npm install", "the packages @pulumi/pulumi@3.276.0 and pulumi@3.265.0", 2],
    ["node local/install.cjs", "the packages @pulumi/pulumi@3.276.0 and pulumi@3.265.0", 2],
  ])(
    "engineSteps: leave the files of the step as before when %s fails",
    async (line, name, done) => {
      const before = files();
      checkout.does(line, () => {
        throw new ChildFailedError(line, "ended with exit code 1", ["the reason"]);
      });

      const failed = refresh();

      await expect(failed).rejects.toThrow(
        `Cannot refresh ${name}: ${line} ended with exit code 1; `,
      );
      await expect(failed).rejects.toThrow("the reason");
      expect(said).toHaveLength(done);
      expect(files().slice(done === 0 ? 0 : 3)).toEqual(before.slice(done === 0 ? 0 : 3));
    },
  );

  test("engineSteps: refuse a lock when npm has written a registry's address into it", async () => {
    checkout.does(
      "npm install",
      writes("package-lock.json", '"resolved": "https://registry.example/p.tgz"'),
    );

    await expect(refresh()).rejects.toThrow(
      "npm wrote the address https://registry.example/p.tgz into package-lock.json, must be none; package.json, package-lock.json stayed as before",
    );
    expect(checkout.read("package-lock.json")).toBe("lock of 3.259.0\n");
  });
});
