import { describe, expect, test } from "vitest";
import { merge } from "../../components/merge.ts";
import { backendOf, deploymentOf, refusalOf } from "./support/deployment.ts";
import { later } from "./support/run-program.ts";

describe("merge", () => {
  test.each([
    [{ a: 1, b: { c: 2 } }, { b: { d: 3 } }, { a: 1, b: { c: 2, d: 3 } }],
    [{ a: 1, b: 2 }, { a: null }, { b: 2 }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [
      { a: [{ name: "x", v: 1 }, { name: "y" }] },
      { a: [{ name: "z" }, { name: "x", w: 2 }] },
      { a: [{ name: "x", v: 1, w: 2 }, { name: "y" }, { name: "z" }] },
    ],
    [{ a: [{ name: "x" }] }, { a: [{ v: 1 }] }, { a: [{ v: 1 }] }],
    [{ a: [{ name: "x" }] }, { a: [] }, { a: [] }],
    [{ a: { b: 1 } }, { a: "text" }, { a: "text" }],
  ])("merge: makes of %j by %j", (base, change, merged) => {
    const before = structuredClone(base);

    expect(merge(base, change)).toEqual(merged);
    expect(base).toEqual(before);
  });

  test("merge: takes a late value as it is when it meets an object", () => {
    const late = later({ b: 1 });

    expect((merge({ a: { c: 1 } }, { a: late }) as { a: unknown }).a).toBe(late);
  });
});

describe("patches", () => {
  test("Backend: changes every object when it has patches for all", async () => {
    const patch = { metadata: { annotations: { note: later("patched") } } };
    const kinds = ["deployment", "service", "serviceAccount", "secret"];
    const more = ["networkPolicy", "podDisruptionBudget", "horizontalPodAutoscaler"];
    const run = await backendOf({
      secretEnv: { A: "1" },
      autoscaling: { minReplicas: 2, maxReplicas: 5 },
      patches: Object.fromEntries([...kinds, ...more].map((kind) => [kind, patch])),
    });

    const children = run.resources.filter(({ parent }) => parent === "web");
    expect(children).toHaveLength(7);
    for (const { inputs } of children) {
      expect(inputs.metadata).toMatchObject({ name: "web", annotations: { note: "patched" } });
    }
  });

  test("Backend: has the rules of a patch when it repeats the types of its NetworkPolicy", async () => {
    const spec = { policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }] }] };
    const run = await backendOf({ patches: { networkPolicy: { spec } } });

    expect(run.resource("NetworkPolicy", "web-network-policy").inputs.spec).toMatchObject(spec);
  });

  test("Backend: changes one container when a patch names it", async () => {
    const containers = [{ name: "web", tty: true, ports: [{ name: "http", hostIP: "::1" }] }];
    const { spec } = await deploymentOf({
      patches: { deployment: { spec: { minReadySeconds: 3, template: { spec: { containers } } } } },
    });

    expect(spec.minReadySeconds).toBe(3);
    expect(spec.template.spec.containers).toHaveLength(1);
    expect(spec.template.spec.containers[0]).toMatchObject({
      image: "registry.example/shop:1.0.0",
      tty: true,
      ports: [{ name: "http", containerPort: 8080, hostIP: "::1" }],
    });
  });

  const stay = "must stay as the arguments say, other objects rely on it";
  const template = (spec: object) => ({ deployment: { spec: { template: spec } } });
  const decides = "must stay as the arguments say, it decides who can connect";
  test.each([
    [{ deployment: { metadata: { name: "x" } } }, `deployment.metadata.name is "x", ${stay}`],
    [
      { service: { metadata: { namespace: later("shop") } } },
      `service.metadata.namespace is an Output, ${stay}`,
    ],
    [
      { deployment: { spec: { selector: { matchLabels: { tier: "a" } } } } },
      `deployment.spec.selector is an object, ${stay}`,
    ],
    [
      template({ metadata: { labels: { app: "x" } } }),
      `deployment.spec.template.metadata.labels.app is "x", ${stay}`,
    ],
    [
      template({ metadata: null }),
      `deployment.spec.template.metadata.labels.app is undefined, ${stay}`,
    ],
    [
      template({ spec: { containers: [{ name: "web", ports: [] }] } }),
      `deployment.spec.template.spec.containers.0.ports is an empty list, ${stay}`,
    ],
    [
      { service: { spec: { ports: [{ name: "http", targetPort: 1 }] } } },
      `service.spec.ports is a list, ${stay}`,
    ],
    [
      { service: { spec: { ports: [{ name: "more", port: 1 }] } } },
      `service.spec.ports is a list, ${stay}`,
    ],
    [{ service: { spec: { selector: null } } }, `service.spec.selector is undefined, ${stay}`],
    [{ service: { spec: { type: "NodePort" } } }, `service.spec.type is "NodePort", ${stay}`],
    [
      { networkPolicy: { spec: { podSelector: { matchLabels: { a: "b" } } } } },
      `networkPolicy.spec.podSelector is an object, ${stay}`,
    ],
    [
      // With Egress alone it would let everybody in.
      { networkPolicy: { spec: { policyTypes: ["Egress"] } } },
      `networkPolicy.spec.policyTypes is a list, ${decides}`,
    ],
    [
      { networkPolicy: { spec: { policyTypes: null } } },
      `networkPolicy.spec.policyTypes is undefined, ${decides}`,
    ],
    [
      { podDisruptionBudget: { spec: { selector: null } } },
      `podDisruptionBudget.spec.selector is undefined, ${stay}`,
    ],
    [{ deployment: 1 }, "deployment is 1, must be an object"],
    [
      { deployment: later({}) },
      "deployment is an Output, must be a plain value, it decides what is created and under which name",
    ],
    [
      { secret: {} },
      "secret is an object, must be left out, the Backend has deployment, service, serviceAccount, networkPolicy, podDisruptionBudget",
    ],
    [
      { ingress: {} },
      "ingress is an object, must be left out, the Backend has deployment, service, serviceAccount, networkPolicy, podDisruptionBudget",
    ],
  ])("Backend: fails when its patches are %j", async (patches, message) => {
    expect(await refusalOf({ patches })).toBe(`args.patches.${message}`);
  });

  test("Backend: fails with the paths when a patch is no plain data", async () => {
    const cyclic = { itself: {} };
    cyclic.itself = cyclic;
    const spec = { list: [() => "called"], date: new Date(0), cyclic, count: Number.NaN, big: 1n };

    const message = await refusalOf({ patches: { deployment: { spec } } });

    const must =
      "must be plain data: texts, numbers, true, false, null, and lists and objects of these";
    expect(message.split("\n").slice(1)).toEqual([
      `  args.patches.deployment.spec.list[0] is a function, ${must}`,
      `  args.patches.deployment.spec.date is an object, ${must}`,
      `  args.patches.deployment.spec.cyclic.itself is an object, ${must}`,
      `  args.patches.deployment.spec.count is NaN, ${must}`,
      `  args.patches.deployment.spec.big is 1, ${must}`,
    ]);
  });

  test("Backend: takes a patch when one object is in it twice", async () => {
    const twice = { a: "b" };
    const patch = { metadata: { labels: twice, annotations: twice } };

    const { inputs } = (await backendOf({ patches: { deployment: patch } })).resource(
      "apps/v1:Deployment",
      "web",
    );

    expect(inputs.metadata.annotations).toEqual(twice);
  });

  test("Backend: fails when its patches are a text", async () => {
    expect(await refusalOf({ patches: "all" })).toBe('args.patches is "all", must be an object');
  });
});
