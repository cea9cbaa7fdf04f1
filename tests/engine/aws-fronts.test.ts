import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import {
  type Asked,
  type AwsIntent,
  type AwsNeighbours,
  classic,
  classicIntents,
  makeNeighbours,
  moves,
  networkIntents,
  nlb,
  otherControllers,
  updates,
} from "./aws-intents.ts";
import { rangeIntents } from "./aws-range-intents.ts";
import { type Picture, pictureOf, servedServices } from "./load-balancer-picture.ts";
import { loadBalancing, network, type PulumiRun, pulumi } from "./rig.ts";
import { ec2, ingressOf } from "./simulated-aws.ts";

// What tables of annotations cannot show: that the real controller makes of them in AWS what was asked.
const cwd = join(import.meta.dirname, "programs", "aws-fronts");
const stack = "dev";
const folder = mkdtempSync(join(tmpdir(), "aws-fronts-"));
const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";
const TAGS = `${PREFIX}additional-resource-tags`;
const PLAIN: Annotations = {
  [`${PREFIX}type`]: "nlb",
  [`${PREFIX}internal`]: "false",
  [TAGS]: "team=shop",
};

type Annotations = Readonly<Record<string, string>>;
type Fronts = Readonly<Record<string, Asked>>;

function run(command: string, fronts: Fronts, plain: Annotations = PLAIN): Promise<PulumiRun> {
  const [name, ...flags] = command.split(" ");
  const file = parse(readFileSync(join(cwd, "Pulumi.dev.yaml"), "utf8"));
  Object.assign(file.config, { "aws-fronts:fronts": fronts, "aws-fronts:plain": plain });
  const configFile = join(folder, "Pulumi.dev.yaml");
  writeFileSync(configFile, stringify(file));
  const args = [String(name), ...flags, "--stack", stack, "--config-file", configFile];
  return pulumi(args, { cwd, timeoutSeconds: 120 });
}

const DESTROY = ["destroy", "--yes", "--skip-preview", "--stack", stack];
const UP = "up --yes --skip-preview";
const askedOf = (intents: Readonly<Record<string, AwsIntent>>): Fronts =>
  Object.fromEntries(Object.entries(intents).map(([name, { asked }]) => [name, asked]));

/** How many single values an expectation states. */
function valuesIn(expected: unknown): number {
  return typeof expected === "object" && expected !== null
    ? Math.max(
        1,
        Object.values(expected).reduce((sum: number, it) => sum + valuesIn(it), 0),
      )
    : 1;
}

/** The Services that a preview would replace, and those it would update. */
async function operations(fronts: Fronts, plain: Annotations) {
  const { exitCode, output } = await run("preview --json", fronts, plain);
  expect(exitCode, output).toBe(0);
  const { steps } = JSON.parse(output.slice(output.indexOf("{"))) as {
    steps: readonly { op: string; urn: string }[];
  };
  const services = steps.filter(({ urn }) => urn.includes("core/v1:Service::"));
  const withOperation = (wanted: string) =>
    services.filter(({ op }) => op === wanted).map(({ urn }) => String(urn.split("::")[3]));
  return { replaced: withOperation("replace").sort(), updated: withOperation("update").sort() };
}

/** What the controller makes beside load balancers. */
async function leftovers() {
  const { TargetGroups = [] } = await loadBalancing.describeTargetGroups({});
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
  return {
    targetGroups: TargetGroups.map(({ TargetGroupName }) => TargetGroupName),
    securityGroups: SecurityGroups.map(({ GroupId }) => GroupId),
    rulesOfNodes: await ingressOf(network().securityGroupId),
  };
}

let before: Awaited<ReturnType<typeof leftovers>>;
let aws: AwsNeighbours;
let intents: Record<string, AwsIntent>;
let fronts: Fronts;
let firstUp = "";
const created = new Map<string, Picture | undefined>();

beforeAll(async () => {
  await pulumi(["stack", "init", stack, "--no-select"], { cwd });
  aws = await makeNeighbours();
  before = await leftovers();
  intents = { ...networkIntents(aws), ...classicIntents(aws), ...rangeIntents };
  fronts = askedOf(intents);
  const { exitCode, output } = await run(UP, fronts);
  expect(exitCode, output).toBe(0);
  firstUp = output;
  for (const name of Object.keys(intents)) created.set(name, await pictureOf(name));
});

afterAll(async () => {
  await pulumi(DESTROY, { cwd });
  rmSync(folder, { recursive: true });
});

describe("LoadBalancerService on the real AWS cloud controller", () => {
  test("becomes in AWS what is asked", async ({ annotate }) => {
    for (const [name, { expected }] of Object.entries(intents)) {
      expect(created.get(name), name).toMatchObject(expected);
    }

    const count = Object.keys(intents).length;
    const values = Object.values(intents).reduce(
      (sum, { expected }) => sum + valuesIn(expected),
      0,
    );
    await annotate(
      `AWS cloud controller: ${count} intents, ${values} values asserted in the simulated AWS`,
      "figure",
    );
  });

  test("waits for what it depends on, such as the release of its controller", () => {
    const ready = firstUp.indexOf("ConfigMap controller created");

    expect(ready).toBeGreaterThan(-1);
    for (const name of Object.keys(intents)) {
      expect(firstUp.indexOf(`core/v1:Service ${name} creating`), name).toBeGreaterThan(ready);
    }
  });

  test("keeps its load balancer when what is asked changes in place", async ({ annotate }) => {
    const changes = updates(aws);

    fronts = { ...fronts, ...askedOf(changes) };
    const { exitCode, output } = await run(UP, fronts);

    expect(exitCode, output).toBe(0);
    for (const [name, { expected }] of Object.entries(changes)) {
      const before = created.get(name);
      // It is carried out after `up`.
      await expect
        .poll(() => pictureOf(name), { timeout: 20_000, message: name })
        .toMatchObject({ ...expected, name: before?.name, host: before?.host });
    }
    const count = Object.keys(changes).length;
    await annotate(
      `AWS cloud controller: ${count} changes in place kept the load balancer and its host`,
      "figure",
    );
  });

  test("is another load balancer when what the controller never changes is asked", async ({
    annotate,
  }) => {
    const moved = moves(aws);
    fronts = { ...fronts, ...askedOf(moved) };
    const internal = { ...PLAIN, [`${PREFIX}internal`]: "true", [TAGS]: "team=office" };

    const preview = await operations({ ...fronts, ...otherControllers }, internal);
    const { exitCode, output } = await run(UP, fronts, internal);

    expect(exitCode, output).toBe(0);
    expect(preview.replaced).toEqual(
      [...Object.keys(moved), ...Object.keys(otherControllers)].sort(),
    );
    for (const [name, { expected }] of Object.entries(moved)) {
      const picture = await pictureOf(name);
      expect(picture, name).toMatchObject(expected);
      expect(picture?.host, name).not.toBe(created.get(name)?.host);
    }
    expect(await servedServices()).toEqual([...Object.keys(fronts), "plain-front"].sort());
    // Control: a Service without the component is updated, and stays what it was.
    expect(preview.updated).toContain("plain-front");
    expect(await pictureOf("plain-front")).toMatchObject({
      scheme: "internet-facing",
      tags: { team: "shop" },
    });
    await annotate(
      `AWS cloud controller: ${preview.replaced.length} moves previewed as replacements, one load balancer for each of ${Object.keys(fronts).length} Services afterwards; control, a plain Service made internal stays internet-facing`,
      "figure",
    );
  });

  test("fails, in preview too, when it no longer says what AWS would keep", async () => {
    const lacking = { ...fronts, "classic-tags": classic({ tags: { stage: "prod" } }) };
    const message =
      'Cannot create LoadBalancerService "classic-tags": args.tags["team"] is undefined, must be set: the cloud would otherwise keep the value of the last update; set the value that it should have';

    const preview = await run("preview", lacking, {});
    const up = await run(UP, lacking, {});

    expect(preview.output).toContain(message);
    expect(preview.exitCode).not.toBe(0);
    expect(up.output).toContain(message);
    expect(up.exitCode).not.toBe(0);
  });

  test("leaves nothing in AWS when it is destroyed", async () => {
    const { exitCode, output } = await pulumi(DESTROY, { cwd });

    expect(exitCode, output).toBe(0);
    const gone = output.indexOf("ConfigMap controller deleting");
    for (const name of Object.keys(fronts)) {
      expect(output.indexOf(`Service ${name} deleted`), name).toBeLessThan(gone);
    }
    expect(await servedServices()).toEqual([]);
    await expect.poll(leftovers, { timeout: 30_000 }).toEqual(before);
  });
});

describe("a second front beside the first", () => {
  test("answers from its own host while the first is there and after it is gone", async ({
    annotate,
  }) => {
    const blue = nlb({ exposure: "Public", sourceRanges: ["0.0.0.0/0"] });
    const green = nlb({});
    await run(UP, { blue }, {});
    const first = await pictureOf("blue");

    const both = await run(UP, { blue, green }, {});

    expect(both.exitCode, both.output).toBe(0);
    const second = await pictureOf("green");
    expect(await pictureOf("blue")).toEqual(first);
    expect(second).toMatchObject({ scheme: "internal", listeners: { 80: { protocol: "TCP" } } });

    const alone = await run(UP, { green }, {});

    expect(alone.exitCode, alone.output).toBe(0);
    expect(await servedServices()).toEqual(["green"]);
    expect(await pictureOf("green")).toEqual(second);
    await annotate("Blue-green: two load balancers at a time, the second kept its host", "figure");
  });
});
