import { describe, expect, test } from "vitest";
import { merge } from "../../../components/overrides/merge.ts";
import { backendOf, deploymentOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const containers = (...list: object[]) => ({ spec: { template: { spec: { containers: list } } } });
const mounts = (...volumeMounts: object[]) => containers({ name: "x", volumeMounts });
const ports = (...list: object[]) => containers({ name: "x", ports: list });
const service = (...list: object[]) => ({ spec: { ports: list } });

describe("merge", () => {
  test.each<[object, object, object]>([
    [{ a: 1, b: { c: 2 } }, { b: { d: 3 } }, { a: 1, b: { c: 2, d: 3 } }],
    [{ a: 1, b: 2 }, { a: null }, { b: 2 }],
    [{ a: 1 }, { b: { c: null, d: 2 } }, { a: 1, b: { d: 2 } }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [{ a: { b: 1 } }, { a: "text" }, { a: "text" }],
    // Of a list that Kubernetes does not tell the items of, names mean nothing.
    [{ a: [{ name: "x", v: 1 }] }, { a: [{ name: "y" }] }, { a: [{ name: "y" }] }],
    [
      containers({ name: "x", image: "a" }, { name: "y" }),
      containers({ name: "z" }, { name: "x", tty: true }),
      containers({ name: "x", image: "a", tty: true }, { name: "y" }, { name: "z" }),
    ],
    [containers({ name: "x" }), containers(), containers()],
    [
      mounts({ name: "data", mountPath: "/a" }),
      mounts(
        { name: "data", mountPath: "/b", subPath: "b" },
        { name: "data", mountPath: "/a", readOnly: true },
        { name: "data", mountPath: "/c", subPath: "c" },
      ),
      mounts(
        { name: "data", mountPath: "/a", readOnly: true },
        { name: "data", mountPath: "/b", subPath: "b" },
        { name: "data", mountPath: "/c", subPath: "c" },
      ),
    ],
    [
      ports({ name: "dns", containerPort: 53, protocol: "TCP" }),
      ports(
        { name: "dns-udp", containerPort: 53, protocol: "UDP" },
        { containerPort: 53, hostIP: "::1" },
      ),
      ports(
        { name: "dns", containerPort: 53, protocol: "TCP", hostIP: "::1" },
        { name: "dns-udp", containerPort: 53, protocol: "UDP" },
      ),
    ],
    [
      service({ name: "http", port: 80 }),
      service({ name: "http", appProtocol: "http" }),
      service({ name: "http", port: 80, appProtocol: "http" }),
    ],
    [
      {
        spec: {
          template: {
            spec: {
              topologySpreadConstraints: [
                { topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 1 },
              ],
            },
          },
        },
      },
      {
        spec: {
          template: {
            spec: {
              topologySpreadConstraints: [
                { topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" },
              ],
            },
          },
        },
      },
      {
        spec: {
          template: {
            spec: {
              topologySpreadConstraints: [
                { topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway", maxSkew: 1 },
                { topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" },
              ],
            },
          },
        },
      },
    ],
  ])("merge: makes of %j by %j", (base, change, merged) => {
    const before = structuredClone(base);

    expect(merge(base, change, "patch")).toEqual({
      value: merged,
      findings: [],
      ruleFindings: [],
    });
    expect(base).toEqual(before);
  });

  const list = "patch.spec.template.spec.containers[0]";
  const differ = "or Kubernetes takes both for one";
  const known = "must be stated: Kubernetes tells the items of this list by";
  test.each<[string, object, string, string]>([
    [
      "one path is mounted twice",
      mounts({ name: "a", mountPath: "/a" }, { name: "b", mountPath: "/a" }),
      `${list}.volumeMounts[1]`,
      `must differ from ${list}.volumeMounts[0] in mountPath, ${differ}`,
    ],
    [
      "a number is listed twice, once with the protocol that is the default",
      ports({ containerPort: 53 }, { containerPort: 53, protocol: "TCP" }),
      `${list}.ports[1]`,
      `must differ from ${list}.ports[0] in containerPort or protocol, ${differ}`,
    ],
    [
      "a mount has no path",
      mounts({ name: "c" }),
      `${list}.volumeMounts[0].mountPath`,
      `${known} mountPath`,
    ],
    [
      "a path is late",
      mounts({ name: "c", mountPath: later("/c") }),
      `${list}.volumeMounts[0].mountPath`,
      `${known} mountPath`,
    ],
    ["an item is a text", ports("8080" as never), `${list}.ports[0]`, "must be an object"],
    [
      "a variable is listed twice",
      containers({ name: "x", env: [{ name: "A" }, { name: "A" }] }),
      `${list}.env[1]`,
      `must differ from ${list}.env[0] in name, ${differ}`,
    ],
  ])("merge: finds it when %s", (_, change, path, must) => {
    const base = mounts({ name: "data", mountPath: "/data" });

    expect(merge(base, change, "patch").findings).toEqual([
      expect.objectContaining({ path, must }),
    ]);
  });

  test("merge: takes a late value as it is when it meets an object", () => {
    const late = later({ b: 1 });

    expect((merge({ a: { c: 1 } }, { a: late }, "patch").value as { a: unknown }).a).toBe(late);
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

  test("Backend: mounts one volume at both paths when a patch names them", async () => {
    const volumeMounts = [
      { name: "data", mountPath: "/config/a", subPath: "a" },
      { name: "data", mountPath: "/config/b", subPath: "b" },
    ];
    const { spec } = await deploymentOf({
      volumes: [{ name: "data", mountPath: "/config", configMapName: "data" }],
      patches: { deployment: containers({ name: "web", volumeMounts }) },
    });

    expect(spec.template.spec.containers[0].volumeMounts).toEqual([
      { name: "tmp", mountPath: "/tmp" },
      { name: "data", mountPath: "/config", readOnly: true },
      ...volumeMounts,
    ]);
  });

  test("Backend: fails with the path when a patch lists one item twice", async () => {
    const env = [
      { name: "A", value: "1" },
      { name: "A", value: "2" },
    ];

    expect(await refusalOf({ patches: { deployment: containers({ name: "web", env }) } })).toBe(
      "args.patches.deployment.spec.template.spec.containers[0].env[1] is an object, must differ from args.patches.deployment.spec.template.spec.containers[0].env[0] in name, or Kubernetes takes both for one",
    );
  });

  const stay = "must not be changed: other objects rely on it";
  const template = (spec: object) => ({ deployment: { spec: { template: spec } } });
  const decides = "must not be changed: it decides who can connect";
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
      "deployment is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    ],
    [
      { secret: {} },
      "secret is an object, must not be set: the Backend has deployment, service, serviceAccount, networkPolicy, podDisruptionBudget",
    ],
    [
      { deployment: containers({ name: "wbe", tty: true }) },
      'deployment.spec.template.spec.containers[0].name is "wbe", must be web; a container of another name needs an image',
    ],
    [
      {
        deployment: {
          spec: { template: { spec: { initContainers: [{ name: "wait", command: ["true"] }] } } },
        },
      },
      'deployment.spec.template.spec.initContainers[0].name is "wait", must be given with an image; a container of another name needs an image',
    ],
    [
      { ingress: {} },
      "ingress is refused, must not be set: there is no such argument; there is deployment, service, headlessService, serviceAccount, secret, networkPolicy, podDisruptionBudget, horizontalPodAutoscaler",
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
      "must be plain data: strings, numbers, true, false, null, and lists and objects of these";
    expect(message.split("\n").slice(1)).toEqual([
      `  args.patches.deployment.spec.list[0] is a function, ${must}`,
      `  args.patches.deployment.spec.date is an object, ${must}`,
      `  args.patches.deployment.spec.cyclic.itself is an object, ${must}`,
      `  args.patches.deployment.spec.count is NaN, ${must}`,
      `  args.patches.deployment.spec.big is 1, ${must}`,
    ]);
  });

  test.each([
    ["plain", (it: object) => it],
    ["late", later],
  ])(
    "Backend: waits for what a patch states in place of the rollout when the annotation is %s",
    async (_, given) => {
      const annotations = given({ "pulumi.com/waitFor": "condition=Progressing", note: "patched" });
      const run = await backendOf({ patches: { deployment: { metadata: { annotations } } } });

      const { metadata } = run.resource("apps/v1:Deployment", "web").inputs;
      expect(metadata.annotations).toEqual({
        "pulumi.com/waitFor": "condition=Progressing",
        note: "patched",
      });
    },
  );

  test.each([
    ["plain", (it: object) => it],
    ["late", later],
  ])("Backend: waits for no rollout when a patch removes the annotation: %s", async (_, given) => {
    const annotations = given({ "pulumi.com/waitFor": null, note: "patched" });
    const run = await backendOf({ patches: { deployment: { metadata: { annotations } } } });

    const { metadata } = run.resource("apps/v1:Deployment", "web").inputs;
    expect(metadata.annotations).toEqual({ note: "patched" });
  });

  test("Backend: waits for the rollout when a patch has another annotation", async () => {
    const annotations = later({ note: "patched" });
    const run = await backendOf({ patches: { deployment: { metadata: { annotations } } } });

    const { metadata } = run.resource("apps/v1:Deployment", "web").inputs;
    expect(Object.keys(metadata.annotations)).toEqual(["note", "pulumi.com/waitFor"]);
  });

  test("Backend: takes a patch when one object is in it twice", async () => {
    const twice = { a: "b" };
    const patch = { metadata: { labels: twice, annotations: twice } };

    const { inputs } = (await backendOf({ patches: { deployment: patch } })).resource(
      "apps/v1:Deployment",
      "web",
    );

    expect(inputs.metadata.labels).toMatchObject(twice);
    expect(inputs.metadata.annotations).toMatchObject(twice);
  });

  test("Backend: fails when its patches are a text", async () => {
    expect(await refusalOf({ patches: "all" })).toBe('args.patches is "all", must be an object');
  });
});
