import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { goldenSteps } from "../../../../local/refresh/golden-steps.ts";
import { linksToSources, releasePins } from "../../../../local/refresh/last-steps.ts";
import { carryOut, type Step } from "../../../../local/refresh/step.ts";
import { ChildFailedError } from "../../../../local/toolchain/run-child.ts";
import { type FakeCheckout, fakeCheckout } from "./fake-checkout.ts";

const versions = { engine: "3.276.0", launcher: "3.265.0" };
const before = "v3.259.0";
const schema = "tests/unit/package/schema.golden.yaml";
const ofDev = "tests/golden/0.1.0/dev/state.json";
const ofBreadth = "tests/golden/0.1.0/breadth/state.json";
const state = (version: string): string =>
  JSON.stringify({ deployment: { manifest: { version: `v${version}` } } });

let checkout: FakeCheckout;
let said: string[];

beforeEach(() => {
  checkout = fakeCheckout();
  said = [];
  checkout.write("tests/golden/0.0.9/dev/state.json", state("3.100.0"));
  checkout.write(ofDev, state("3.276.0"));
  checkout.write(ofBreadth, state("3.259.0"));
  checkout.write(schema, "schema\n");
});

afterEach(() => checkout.remove());

const carry = (steps: readonly Step[]) =>
  carryOut(steps, checkout.place.root, (line) => said.push(line));
const record = () => carry(goldenSteps(versions, "0.1.0", checkout.place));

describe("goldenSteps", () => {
  test("goldenSteps: record the states of the release to come when one is of another engine", async () => {
    checkout.does("node tests/golden/record.ts", () => {
      checkout.write(ofBreadth, state("3.276.0"));
      return undefined;
    });

    await record();

    expect(checkout.commands).toEqual([
      "node tests/golden/record.ts 0.1.0",
      "biome check --write tests/golden/0.1.0",
      "vitest run --project unit --update tests/unit/package",
    ]);
    expect(said).toEqual([
      "The states in tests/golden/0.1.0 are recorded with Pulumi 3.276.0: look at what has changed (git diff tests/golden/0.1.0)",
      `${schema} is the same`,
    ]);
  });

  test("goldenSteps: leave the states alone when all are of that engine", async () => {
    checkout.write(ofBreadth, state("3.276.0"));

    await record();

    expect(checkout.commands).not.toContain("node tests/golden/record.ts 0.1.0");
    expect(said[0]).toBe("The states in tests/golden/0.1.0 are of Pulumi 3.276.0 already");
  });

  test("goldenSteps: leave the states as before when recording fails half way", async () => {
    checkout.does("node tests/golden/record.ts", () => {
      checkout.write(ofBreadth, "half");
      throw new ChildFailedError("node", "ended with exit code 1", []);
    });

    await expect(record()).rejects.toThrow(
      "Cannot refresh the states in tests/golden/0.1.0 with Pulumi 3.276.0: node ended with exit code 1",
    );

    expect(checkout.read(ofBreadth)).toBe(state("3.259.0"));
  });

  test("goldenSteps: ask for a look when the schema has changed", async () => {
    checkout.does("vitest", () => {
      checkout.write(schema, "another\n");
      return undefined;
    });

    await record();

    expect(said[1]).toBe(`${schema} has changed: look at it (git diff ${schema})`);
  });
});

describe("releasePins", () => {
  const obstacle = "Cannot pin releases: not every publisher can be reached";

  test("releasePins: leave the pins, and say why, when publishers cannot be reached", async () => {
    await carry([releasePins(checkout.place, async () => obstacle)]);

    expect(checkout.commands).toEqual([]);
    expect(said[0]).toMatch(/pins\.json stays as it is: Cannot pin releases: not every publisher/);
  });

  test("releasePins: pin with the versions that were written when publishers can be reached", async () => {
    checkout.does("node local/main.ts pins", () => "Pinned a\n7 files are pinned");

    await carry([releasePins(checkout.place, async () => undefined)]);

    expect(said[0]).toMatch(/pins\.json: 7 files are pinned$/);
  });
});

describe("linksToSources", () => {
  const look = () => carry([linksToSources(versions, checkout.place)]);

  test("linksToSources: name every link to another version when there are some", async () => {
    checkout.does(
      "git grep",
      () => `local/a.ts:7:// https://github.com/pulumi/pulumi/blob/${before}/a.go\n`,
    );

    await look();

    expect(said[0]).toMatch(/another version than 3\.276\.0; .* move them: local\/a\.ts:7$/);
  });

  test("linksToSources: are in order when git finds none", async () => {
    checkout.does("git grep", () => {
      throw new ChildFailedError("git", "ended with exit code 1", []);
    });

    await look();

    expect(said).toEqual(["Every link to Pulumi's sources is to those of 3.276.0"]);
  });

  test("linksToSources: fail when git does", async () => {
    checkout.does("git grep", () => {
      throw new ChildFailedError("git", "ended with exit code 128", [
        "fatal: not a git repository",
      ]);
    });

    await expect(look()).rejects.toThrow("see to it that this is a checkout of git");
  });
});
