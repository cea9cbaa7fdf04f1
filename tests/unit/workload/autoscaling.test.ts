import { describe, expect, test } from "vitest";
import { type AutoscalingArgs, Backend } from "../../../components/index.ts";
import { renderManifests } from "../../../testing/index.ts";
import { smallest } from "../support/args.ts";
import { backendOf, deploymentOf, podOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const autoscaling: AutoscalingArgs = { minReplicas: 3, maxReplicas: 10 };

async function autoscalerOf(more: Partial<AutoscalingArgs> = {}, patches = {}) {
  const run = await backendOf({ autoscaling: { ...autoscaling, ...more }, patches });
  return run.resource("HorizontalPodAutoscaler", "web-horizontal-pod-autoscaler");
}

const metric = (name: string, averageUtilization: number) => ({
  type: "Resource",
  resource: { name, target: { type: "Utilization", averageUtilization } },
});

describe("the autoscaler", () => {
  test("Backend: yields exactly this HorizontalPodAutoscaler when it gets a range", async () => {
    const { inputs, parent } = await autoscalerOf();
    const { annotations: _, ...metadata } = (await deploymentOf({})).metadata;

    expect(parent).toBe("web");
    expect(inputs).toEqual({
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
        minReplicas: 3,
        maxReplicas: 10,
        metrics: [metric("cpu", 80)],
      },
    });
  });

  test.each<[Partial<AutoscalingArgs>, object[]]>([
    [{ cpuAverageUtilizationPercent: 1 }, [metric("cpu", 1)]],
    [{ memoryAverageUtilizationPercent: 150 }, [metric("memory", 150)]],
    [
      { cpuAverageUtilizationPercent: 60, memoryAverageUtilizationPercent: 70 },
      [metric("cpu", 60), metric("memory", 70)],
    ],
  ])("Backend: keeps to what is stated when it gets %j", async (more, metrics) => {
    expect((await autoscalerOf(more)).inputs.spec.metrics).toEqual(metrics);
  });

  test("Backend: follows metrics of its own and not the CPU when it gets some", async () => {
    const { inputs } = await autoscalerOf({
      metrics: [
        { type: "Pods", name: "requests_per_second", averageValue: "100" },
        { type: "External", name: "queue_length", matchLabels: { queue: "mails" }, value: "30" },
      ],
    });

    expect(inputs.spec.metrics).toEqual([
      {
        type: "Pods",
        pods: {
          metric: { name: "requests_per_second" },
          target: { type: "AverageValue", averageValue: "100" },
        },
      },
      {
        type: "External",
        external: {
          metric: { name: "queue_length", selector: { matchLabels: { queue: "mails" } } },
          target: { type: "Value", value: "30" },
        },
      },
    ]);
  });

  test("Backend: changes its number as fast as is stated when it gets rules", async () => {
    const policies = [{ type: "Pods" as const, value: 1, periodSeconds: 60 }];
    const scaleDown = { stabilizationWindowSeconds: 600, selectPolicy: "Min" as const, policies };
    const { inputs } = await autoscalerOf({ scaleDown, scaleUp: {} });

    expect(inputs.spec.behavior).toEqual({ scaleDown });
  });

  test.each([
    [
      { metrics: [{ type: "Pods", name: "a", value: "1" }] },
      'metrics[0].value is "1", must not be set with the type "Pods"; use averageValue',
    ],
    [
      { metrics: [{ type: "External", name: "a", value: "0" }] },
      'metrics[0].value is "0", must be more than 0',
    ],
    [
      { metrics: [{ type: "External", name: "a" }] },
      "metrics[0].averageValue is undefined, must be given, or value, but not both",
    ],
    [
      { metrics: [{ type: "External", name: "a/b", value: "1" }] },
      'metrics[0].name is "a/b", must have neither "/" nor "%", such as http_requests_per_second',
    ],
    [
      { scaleUp: { stabilizationWindowSeconds: 3601 } },
      "scaleUp.stabilizationWindowSeconds is 3601, must be an integer from 0 to 3600",
    ],
    [
      { scaleDown: { policies: [{ type: "Percent", value: 10, periodSeconds: 0 }] } },
      "scaleDown.policies[0].periodSeconds is 0, must be an integer from 1 to 1800",
    ],
  ])("Backend: fails when its autoscaler gets %j", async (more, message) => {
    const refused = await refusalOf({ autoscaling: { ...autoscaling, ...more } as never });

    expect(refused).toBe(`args.autoscaling.${message}`);
  });

  test("Backend: leaves the number to an autoscaler of somebody else when one decides", async () => {
    const run = await backendOf({ externalAutoscaler: true, replicas: 1 });

    const deployment = run.resource("Deployment", "web");
    expect(deployment.inputs.spec.replicas).toBe(1);
    expect(run.resources.map(({ type }) => type)).toContain(
      "kubernetes:policy/v1:PodDisruptionBudget",
    );
    expect(run.resources.map(({ type }) => type)).not.toContain(
      "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    );
    const manifests = await renderManifests(
      () => {
        new Backend("web", { ...smallest, externalAutoscaler: true });
      },
      { project: "shop-project", stack: "dev" },
    );
    const rendered = manifests.find(({ kind }) => kind === "Deployment");
    expect(rendered?.["spec"]).not.toHaveProperty("replicas");
  });

  test("Backend: fails when two autoscalers would decide", async () => {
    expect(await refusalOf({ autoscaling, externalAutoscaler: true })).toBe(
      "args.externalAutoscaler is true, must not be set with args.autoscaling, or two autoscalers would decide; remove one",
    );
  });

  test("Backend: has a behavior when a patch adds one", async () => {
    const behavior = { scaleDown: { stabilizationWindowSeconds: 60 } };
    const { inputs } = await autoscalerOf({}, { horizontalPodAutoscaler: { spec: { behavior } } });

    expect(inputs.spec).toMatchObject({ behavior, minReplicas: 3 });
  });

  test("Backend: has its autoscaler when it states one, and none otherwise", async () => {
    const [scaled, fixed] = [await backendOf({ autoscaling }), await backendOf({ replicas: 3 })];

    expect(scaled.result.horizontalPodAutoscaler).toBeDefined();
    expect(fixed.result.horizontalPodAutoscaler).toBeUndefined();
    expect(fixed.resources.map(({ name }) => name)).not.toContain("web-horizontal-pod-autoscaler");
  });
});

describe("the Pods", () => {
  test("Backend: starts with the fewest Pods and leaves their number alone when it is autoscaled", async () => {
    const { ignoreChanges, inputs } = (await backendOf({ autoscaling })).resource(
      "apps/v1:Deployment",
      "web",
    );

    expect(inputs.spec.replicas).toBe(3);
    expect(ignoreChanges).toEqual(["spec.replicas"]);
  });

  test("Backend: keeps to its number when it is not autoscaled", async () => {
    const { ignoreChanges } = (await backendOf({ replicas: 3 })).resource(
      "apps/v1:Deployment",
      "web",
    );

    expect(ignoreChanges).toEqual([]);
  });

  test.each([
    [{ minReplicas: 1, maxReplicas: 1 }, false],
    [{ minReplicas: 1, maxReplicas: 2 }, true],
    [{ minReplicas: 2, maxReplicas: 2 }, true],
  ])("Backend: with %j, that it has a PodDisruptionBudget is %j", async (range, budget) => {
    const run = await backendOf({ autoscaling: range });

    const names = run.resources.map(({ name }) => name);
    expect(names.includes("web-pod-disruption-budget")).toBe(budget);
  });

  test("Backend: requests what is stated when it is autoscaled, also where it is late", async () => {
    const { containers } = await podOf({
      autoscaling: { ...autoscaling, memoryAverageUtilizationPercent: 80 },
      resources: { requests: { cpu: later("250m") }, limits: { memory: later("64Mi") } },
    });

    expect(containers[0].resources).toEqual({
      requests: { cpu: "250m", "ephemeral-storage": "64Mi" },
      limits: { memory: "64Mi", "ephemeral-storage": "256Mi" },
    });
  });

  test("Backend: may request nothing of a resource when no percentage is of it", async () => {
    const resources = { requests: { memory: "0" } };

    const { containers } = await podOf({ autoscaling, resources });

    expect(containers[0].resources.requests.memory).toBe("0");
  });
});

describe("refusals", () => {
  const range = "must be an integer from 1 to 2147483647";
  const plain =
    "must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn";
  const claim = { name: "data", mountPath: "/data", persistentVolumeClaimName: "data" };
  const zero = (resource: string) =>
    `must be more than 0, args.autoscaling keeps to a percentage of the ${resource} request`;
  const memory = { ...autoscaling, memoryAverageUtilizationPercent: 80 };
  const refused: [Record<string, unknown>, string][] = [
    [
      { autoscaling, replicas: 3 },
      "args.replicas is 3, must not be set with args.autoscaling, which decides how many Pods run; set args.autoscaling.minReplicas instead",
    ],
    [
      { autoscaling, volumes: [claim] },
      "args.autoscaling is an object, must not be set with a volume that is a claim: an update stops all its Pods before it starts new ones; set args.replicas instead; if Pods of several nodes can mount the claim, set its accessMode",
    ],
    [{ autoscaling: 3 }, "args.autoscaling is 3, must be an object"],
    [{ autoscaling: null }, "args.autoscaling is null, must be an object"],
    [{ autoscaling: later(autoscaling) }, `args.autoscaling is an Output, ${plain}`],
    [
      { autoscaling: { ...autoscaling, minReplicas: 0 } },
      `args.autoscaling.minReplicas is 0, ${range}`,
    ],
    [
      { autoscaling: { ...autoscaling, minReplicas: 1.5 } },
      `args.autoscaling.minReplicas is 1.5, ${range}`,
    ],
    [
      { autoscaling: { ...autoscaling, maxReplicas: 2 ** 31 } },
      `args.autoscaling.maxReplicas is 2147483648, ${range}`,
    ],
    [{ autoscaling: { minReplicas: 3 } }, `args.autoscaling.maxReplicas is undefined, ${range}`],
    [
      { autoscaling: { ...autoscaling, maxReplicas: later(4) } },
      `args.autoscaling.maxReplicas is an Output, ${plain}`,
    ],
    [
      { autoscaling: { ...autoscaling, minReplicas: later(4) } },
      `args.autoscaling.minReplicas is an Output, ${plain}`,
    ],
    [
      { autoscaling: { ...autoscaling, maxReplicas: 2 } },
      "args.autoscaling.maxReplicas is 2, must be at least args.autoscaling.minReplicas, which is 3",
    ],
    [
      { autoscaling: { ...autoscaling, cpuAverageUtilizationPercent: 0 } },
      `args.autoscaling.cpuAverageUtilizationPercent is 0, ${range}`,
    ],
    [
      { autoscaling: { ...autoscaling, memoryAverageUtilizationPercent: "80" } },
      `args.autoscaling.memoryAverageUtilizationPercent is "80", ${range}; remove the quotes; of configuration use getNumber`,
    ],
    [
      { autoscaling, resources: { requests: { cpu: "0m" } } },
      `args.resources.requests.cpu is "0m", ${zero("cpu")}`,
    ],
    [
      { autoscaling, resources: { requests: { cpu: later("0") } } },
      `args.resources.requests.cpu is "0", ${zero("cpu")}`,
    ],
    [
      { autoscaling: memory, resources: { limits: { memory: "0.0Mi" } } },
      `args.resources.limits.memory is "0.0Mi", ${zero("memory")}`,
    ],
    [
      { autoscaling, resources: { requests: { cpu: "much" } } },
      'args.resources.requests.cpu is "much", must be a Kubernetes quantity as a string, such as "250m" or "128Mi"',
    ],
    [
      {
        autoscaling,
        patches: { horizontalPodAutoscaler: { spec: { scaleTargetRef: { name: "x" } } } },
      },
      "args.patches.horizontalPodAutoscaler.spec.scaleTargetRef is an object, must not be changed: other objects rely on it",
    ],
    [
      { autoscaling, patches: { deployment: { spec: { replicas: 5 } } } },
      "args.patches.deployment.spec.replicas is 5, must not be changed: other objects rely on it",
    ],
    [
      { patches: { horizontalPodAutoscaler: {} } },
      "args.patches.horizontalPodAutoscaler is an object, must not be set: the Backend has deployment, service, serviceAccount, networkPolicy, podDisruptionBudget",
    ],
  ];
  test.each(refused.map(([args, message]) => ({ args, message })))(
    "Backend: fails when $message",
    async ({ args, message }) => {
      expect(await refusalOf(args)).toBe(message);
    },
  );
});
