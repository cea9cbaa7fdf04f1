import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Interrupted } from "../../local/terminal.ts";
import { devExample } from "../../local/tour/example.ts";
import { requireExample, requireRealNodes } from "../../local/tour/preconditions.ts";
import { heading, outcome } from "../../local/tour/print.ts";
import { addressStays } from "../../local/tour/s2-address-stays.ts";
import { labels } from "../../local/tour/s3-labels.ts";
import { endpointsFollow } from "../../local/tour/s4-endpoints-follow.ts";
import { inside } from "../../local/tour/s5-inside.ts";
import { nodePort } from "../../local/tour/s6-node-port.ts";
import { choice } from "../../local/tour/s8-choice.ts";
import { walk } from "../../local/tour/step.ts";
import { steps } from "../../local/tour/steps.ts";
import { openWorld, type World } from "../../local/tour/world.ts";
import { waitFor } from "../../local/wait.ts";
import { core, newStack, paths, pulumi } from "../engine/rig.ts";
import { page } from "../unit/support/documents.ts";
import { shapeOf, shownOf } from "./transcript.ts";

// The steps of npm run tour on the dev stack, and the same steps where the truth does not hold.
const stack = "dev";
const { namespace } = devExample;

beforeAll(async () => {
  await newStack(stack);
  const up = await pulumi(["up", "--yes", "--skip-preview", "--stack", stack]);
  if (up.exitCode !== 0) throw new Error(up.output);
});

afterAll(async () => {
  await pulumi(["destroy", "--run-program", "--yes", "--skip-preview", "--stack", stack]);
});

const world = (changes: Partial<World> = {}): Promise<World> =>
  openWorld(paths, { example: devExample, tell: () => {}, signal: undefined, ...changes });

/** What a step has to leave as it was: how many Pods there are of each kind and owner, and every Service. Draining Pods do not count. */
async function standing() {
  const pods = (await core.listNamespacedPod({ namespace })).items;
  const services = (await core.listNamespacedService({ namespace })).items;
  return {
    pods: pods
      .filter(({ metadata }) => metadata?.deletionTimestamp === undefined)
      .map(
        ({ metadata }) => `${metadata?.labels?.["app"]} of ${metadata?.ownerReferences?.[0]?.name}`,
      )
      .sort(),
    services: services.map(({ metadata, spec }) => ({
      name: metadata?.name,
      uid: metadata?.uid,
      spec,
    })),
  };
}

describe("the tour on the dev stack", () => {
  test.each(steps.map((step) => [step.number, step.truth, step] as const))(
    "%s: %s",
    async (_number, _truth, step) => {
      const before = await standing();

      const result = await walk(step, await world());

      expect(result.problems).toEqual([]);
      expect(result.evidence).toBeDefined();
      expect(await standing()).toEqual(before);
      expect(shapeOf(shownOf(page("docs/guide/tour.md").blocks, step.number) ?? "")).toEqual(
        shapeOf(heading(step) + outcome(result)),
      );
    },
  );

  test("leaves nothing for the engine to change", async () => {
    const again = ["up", "--yes", "--skip-preview", "--stack", stack, "--expect-no-changes"];

    const { exitCode, output } = await pulumi(again);

    expect(exitCode, output).toBe(0);
  });

  test("labels: leaves the cluster as it was when it is interrupted", async () => {
    const before = await standing();
    const controller = new AbortController();
    const tell = (line: string) =>
      line.startsWith("starting a Pod") && controller.abort(new Interrupted("SIGINT"));
    const interrupted = await world({ tell, signal: controller.signal });

    await expect(walk(labels, interrupted)).rejects.toThrow("Interrupted by SIGINT");

    await waitFor(async () => (await standing()).pods.length === before.pods.length, {
      awaited: "the Deployment's Pods",
      timeoutSeconds: 60,
    });
    expect(await standing()).toEqual(before);
  });
});

describe("the tour where a truth does not hold", () => {
  const service = "nobody";
  const example = { ...devExample, insideService: service };
  const make = (selector: Record<string, string>, clusterIP?: string) =>
    core.createNamespacedService({
      namespace,
      body: {
        metadata: { name: service },
        spec: {
          selector,
          ports: [{ port: 80, targetPort: 8080 }],
          ...(clusterIP !== undefined && { clusterIP }),
        },
      },
    });
  const remove = () => core.deleteNamespacedService({ name: service, namespace });

  const cases = [
    [addressStays, "every request to nobody was to be answered"],
    [labels, "nobody was to lead to"],
    [endpointsFollow, "nobody was to lead to the ready Pods with app=nobody (nobody)"],
    [inside, "nobody was to lead a Pod to"],
    [choice, "ClusterIP was to answer in a Pod"],
  ] as const;

  test.each(cases.map(([step, problem]) => [step.number, step, problem] as const))(
    "%s: fails when the selector of the Service matches no Pod",
    async (_, step, problem) => {
      await make({ app: "nobody" });
      try {
        const { holds, problems } = await walk(step, await world({ example }));

        expect(holds).toBe(false);
        expect(problems.join("\n")).toContain(problem);
      } finally {
        await remove();
      }
    },
  );

  test("the address that stays: fails when the Service is made anew while its Pods are reborn", async () => {
    await make({ app: "my-backend" });
    let renewed: Promise<unknown> | undefined;
    const tell = (line: string) => {
      if (line.startsWith("deleting")) renewed ??= remove().then(() => make({ app: "my-backend" }));
    };
    try {
      const { problems } = await walk(addressStays, await world({ example, tell }));

      await renewed;
      expect(problems.join("\n")).toMatch(
        /the address of nobody was to stay \S+, and is \S+ of another Service of the same name/,
      );
    } finally {
      await remove();
    }
  });

  test("the node port: fails when the node port leads to no Pod", async () => {
    const { spec } = await make({ app: "nobody" });
    const body = [{ op: "replace", path: "/spec/type", value: "NodePort" }];
    await core.patchNamespacedService({ name: service, namespace, body });
    try {
      const nowhere = { ...devExample, devService: service };
      const { problems } = await walk(nodePort, await world({ example: nowhere }));

      expect(spec?.type).toBe("ClusterIP");
      expect(problems).toHaveLength(3); // one a node
      expect(problems.join("\n")).toContain("was to lead to my-frontend-");
    } finally {
      await remove();
    }
  });
});

describe("the tour before it begins", () => {
  test("begins when real nodes run", async () => {
    await expect(requireRealNodes(paths)).resolves.toBeUndefined();
  });

  test("fails with the way out when a Service is missing", async () => {
    const other = await world({ example: { ...devExample, devService: "my-other-service" } });

    await expect(requireExample(other)).rejects.toThrow(
      "Cannot walk the tour: the namespace shop has no Service my-other-service; run npm start, which deploys the dev stack",
    );
  });
});
