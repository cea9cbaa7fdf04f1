import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  Backend,
  Entrance,
  InvalidArgsError,
  NodePortService,
  type NodePortServiceArgs,
} from "../../components/index.ts";
import { cluster, minimal, target } from "./support/args.ts";
import {
  failureOf,
  isKnown,
  later,
  outputValue,
  runProgram,
  unknown,
} from "./support/run-program.ts";

const args: NodePortServiceArgs = {
  cluster,
  target,
  ports: [{ port: 80, targetPort: "http", nodePort: 30007 }],
};

/** Runs one NodePortService called `dev` and returns its Service's inputs. */
async function serviceOf(more: Partial<NodePortServiceArgs>) {
  const run = await runProgram(() => new NodePortService("dev", { ...args, ...more }));
  return run.resource("core/v1:Service", "dev").inputs;
}

/** The message a NodePortService called `dev` is refused with, after its heading. */
async function refusalOf(more: Record<string, unknown>): Promise<string> {
  const { message } = await failureOf(
    () => new NodePortService("dev", { ...args, ...more } as NodePortServiceArgs),
  );
  return message.replace('Cannot create NodePortService "dev": ', "");
}

describe("children", () => {
  test("NodePortService: has one Service, replaced under its name, and a record when the target is not ours", async () => {
    const run = await runProgram(() => new NodePortService("dev", args));

    expect(
      run.resources.map(({ type, name, parent, deleteBeforeReplace }) => [
        type,
        name,
        parent,
        deleteBeforeReplace,
      ]),
    ).toEqual([
      ["pulumi-kubernetes-services:index:NodePortService", "dev", undefined, false],
      ["kubernetes:core/v1:Service", "dev", "dev", true],
      ["pulumi:index:Stash", "dev-endpoints", "dev", false],
    ]);
  });

  test("NodePortService: yields exactly this Service when nothing optional is given", async () => {
    expect(await serviceOf({})).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "dev",
        namespace: "shop",
        labels: {
          "app.kubernetes.io/instance": "dev",
          "app.kubernetes.io/part-of": "shop-project",
          "app.kubernetes.io/managed-by": "pulumi",
        },
        annotations: { "pulumi.com/waitFor": "jsonpath={.spec.clusterIP}" },
      },
      spec: {
        type: "NodePort",
        selector: { app: "web" },
        ports: [{ name: "http", port: 80, targetPort: 8080, nodePort: 30007, protocol: "TCP" }],
      },
    });
  });

  test("NodePortService: has the given names when a Service and a port are named", async () => {
    const service = await serviceOf({
      serviceName: "dev-service",
      ports: [{ name: "web", port: 80, targetPort: "http" }],
    });

    expect(service.metadata.name).toBe("dev-service");
    expect(service.spec.ports).toEqual([
      { name: "web", port: 80, targetPort: 8080, protocol: "TCP" },
    ]);
  });

  test("NodePortService: takes the protocol of the target's port when that is not TCP", async () => {
    const ports = [{ port: 53, targetPort: "dns" }];

    expect((await serviceOf({ ports })).spec.ports[0].protocol).toBe("UDP");
  });

  test("NodePortService: takes TCP when the target states no protocol", async () => {
    const stated = { ...target, ports: [{ name: "http", containerPort: 8080 }] };

    expect((await serviceOf({ target: stated })).spec.ports[0].protocol).toBe("TCP");
  });

  test("NodePortService: may have one number for two protocols when they are in one Service", async () => {
    const ports = [
      { port: 53, targetPort: "http", nodePort: 30053 },
      { port: 53, targetPort: "dns", nodePort: 30053 },
    ];

    expect((await serviceOf({ ports })).spec.ports).toHaveLength(2);
  });
});

describe("target", () => {
  test("NodePortService: selects a Backend's Pods when the target is the Backend's", async () => {
    const run = await runProgram(() => {
      const backend = new Backend("web", { ...minimal, entrances: [Entrance.NodePort] });
      return new NodePortService("dev", { ...args, target: backend.target });
    });

    const { metadata, spec } = run.resource("core/v1:Service", "dev").inputs;
    expect(metadata.namespace).toBe("shop");
    expect(spec.selector).toEqual(
      run.resource("apps/v1:Deployment", "web").inputs.spec.selector.matchLabels,
    );
  });

  test.each([
    ["as a whole", later(target)],
    [
      "field by field",
      {
        namespace: later("shop"),
        selector: later({ app: "web" }),
        ports: later(target.ports),
        drainSeconds: later(60),
      },
    ],
    ["inside of its selector", { ...target, selector: { app: later("web") } }],
  ])(
    "NodePortService: yields the same Service when the target arrives later %s",
    async (_, late) => {
      const { metadata, spec } = await serviceOf({ target: late as never });

      expect(metadata.namespace).toBe("shop");
      expect(spec.selector).toEqual({ app: "web" });
      expect(spec.ports).toEqual([
        { name: "http", port: 80, targetPort: 8080, nodePort: 30007, protocol: "TCP" },
      ]);
    },
  );

  test("NodePortService: keeps what it states itself known in a preview when the target is unknown", async () => {
    const run = await runProgram(() => new NodePortService("dev", { ...args, target: unknown() }), {
      preview: true,
    });

    const { metadata, spec } = run.resource("core/v1:Service", "dev").inputs;
    expect(metadata.name).toBe("dev");
    expect(spec.type).toBe("NodePort");
    expect(spec.ports[0]).toMatchObject({ port: 80, nodePort: 30007 });
    const { protocol, targetPort } = spec.ports[0];
    const late = [metadata.namespace, spec.selector, protocol, targetPort];
    expect(late.every(pulumi.isUnknown)).toBe(true);
    expect(await outputValue(run.result.nodePorts.apply((ports) => ports["http"]))).toBe(30007);
  });

  test("NodePortService: keeps the known fields of a target known in a preview when another one is not", async () => {
    const late = pulumi.output({ ...target, drainSeconds: unknown<number>() });
    const run = await runProgram(() => new NodePortService("dev", { ...args, target: late }), {
      preview: true,
    });

    const { metadata, spec } = run.resource("core/v1:Service", "dev").inputs;
    expect(metadata.namespace).toBe("shop");
    expect(spec.ports[0].protocol).toBe("TCP");
    expect(pulumi.isUnknown(spec.selector)).toBe(true);
  });

  test("NodePortService: fails at once when the Backend does not expect a node port", async () => {
    const failure = await failureOf(() => {
      const backend = new Backend("web", minimal);
      return new NodePortService("dev", { ...args, target: backend.target });
    });

    expect(failure.message).toBe(
      'Cannot create NodePortService "dev": args.target.drainSeconds is 10, must be at least 15 for a node port; ' +
        "add Entrance.NodePort to the entrances of the target's Backend",
    );
  });

  test.each([
    [
      "namespace",
      { ...target, namespace: later("Shop") },
      'args.target.namespace is "Shop", must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
    ],
    [
      "selector",
      { ...target, selector: later({}) },
      "args.target.selector is an object, must be an object of at least one label",
    ],
    [
      "ports",
      { ...target, ports: later([{ ...target.ports[0], name: "web" }]) },
      'args.ports[0].targetPort is "http", must be a port that the target declares: web',
    ],
    [
      "drainSeconds",
      { ...target, drainSeconds: later(14) },
      "args.target.drainSeconds is 14, must be at least 15 for a node port; let its Pods answer that long after they are told to stop, by a preStop sleep, and state it; a Backend does so with the entrance or with drainSeconds",
    ],
  ])(
    "NodePortService: fails when a wrong %s of the target arrives later",
    async (_, late, message) => {
      const failure = await failureOf(
        () => new NodePortService("dev", { ...args, target: late as unknown as typeof target }),
      );

      expect(failure).toBeInstanceOf(InvalidArgsError);
      expect(failure.message).toBe(`Cannot create NodePortService "dev": ${message}`);
    },
  );
});

describe("traffic", () => {
  test("NodePortService: says how traffic goes to its Pods when it is told", async () => {
    const { spec } = await serviceOf({
      externalTrafficPolicy: "Local",
      sessionAffinity: "ClientIP",
      sessionAffinityTimeoutSeconds: later(60),
      ipFamilies: ["IPv6"],
      ipFamilyPolicy: "SingleStack",
    });

    expect(spec).toMatchObject({
      externalTrafficPolicy: "Local",
      sessionAffinity: "ClientIP",
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
      ipFamilies: ["IPv6"],
      ipFamilyPolicy: "SingleStack",
    });
  });
});

describe("outputs", () => {
  test("NodePortService: registers exactly these outputs when the ports are given", async () => {
    const run = await runProgram(() => new NodePortService("dev", args));

    const outputs = await run.outputs(run.result);
    expect(outputs).toEqual({ nodePorts: { http: 30007 } });
  });

  test("NodePortService: says the port that the API server chose when none is given", async () => {
    const ports = [{ port: 80, targetPort: "http" }];
    const run = await runProgram(() => new NodePortService("dev", { ...args, ports }), {
      chosenNodePort: 31234,
    });

    expect(await outputValue(run.result.nodePorts)).toEqual({ http: 31234 });
  });

  test.each([
    ["says none", {}],
    ["chooses one for nothing", { chosenNodePort: 31234 }],
  ])(
    "NodePortService: does not know the port in a preview when the dry run %s",
    async (_, dryRun) => {
      const ports = [{ port: 80, targetPort: "http" }];
      const run = await runProgram(() => new NodePortService("dev", { ...args, ports }), {
        preview: true,
        ...dryRun,
      });

      expect(await isKnown(run.result.nodePorts)).toBe(false);
    },
  );

  test("NodePortService: does not know the port when the API server has not said any", async () => {
    const ports = [{ port: 80, targetPort: "http" }];
    const run = await runProgram(() => new NodePortService("dev", { ...args, ports }));

    expect(await isKnown(run.result.nodePorts)).toBe(false);
  });
});

describe("refusals", () => {
  const first = { port: 80, targetPort: "http", nodePort: 30007 };
  const refused: [Record<string, unknown>, string][] = [
    [
      { externalTrafficPolicy: "local" },
      'args.externalTrafficPolicy is "local", must be "Cluster" or "Local"',
    ],
    [
      { sessionAffinity: "Cookie" },
      'args.sessionAffinity is "Cookie", must be "None" or "ClientIP"',
    ],
    [{ ipFamilies: ["IPv5"] }, 'args.ipFamilies[0] is "IPv5", must be "IPv4" or "IPv6"'],
    [
      { cluster: { ...cluster, allowNodePort: false } },
      "args.cluster.allowNodePort is false, must be true: a node port opens on every node of the cluster; allow it there, or use a LoadBalancerService",
    ],
    [
      { cluster: { ...cluster, allowNodePort: "yes" } },
      'args.cluster.allowNodePort is "yes", must be true or false',
    ],
    [{ cluster: undefined }, "args.cluster is undefined, must be an object"],
    [{ target: undefined }, "args.target is undefined, must be an object"],
    [
      { ports: [{ ...first, nodePort: 29999 }] },
      "args.ports[0].nodePort is 29999, must be an integer from 30000 to 32767",
    ],
    [
      { ports: [{ ...first, nodePort: 32768 }] },
      "args.ports[0].nodePort is 32768, must be an integer from 30000 to 32767",
    ],
    [
      { ports: [{ ...first, nodePort: "30007" }] },
      'args.ports[0].nodePort is "30007", must be an integer from 30000 to 32767; remove the quotes; of configuration use getNumber',
    ],
    [
      { cluster: { ...cluster, nodePortRange: { first: 31000, last: 31010 } } },
      "args.ports[0].nodePort is 30007, must be an integer from 31000 to 31010",
    ],
    [
      { cluster: { ...cluster, nodePortRange: { first: 30007, last: 30006 } } },
      'Cannot create NodePortService "dev", 2 problems:\n' +
        "  args.cluster.nodePortRange.last is 30006, must be an integer from 30007 to 65535\n" +
        "  args.ports[0].nodePort is 30007, must be an integer from 30007 to 30006",
    ],
    [
      { ports: [first, { ...first, name: "again", port: 81 }] },
      "args.ports[1].nodePort is 30007, must differ from args.ports[0].nodePort, which has the same protocol TCP",
    ],
    [
      { ports: [first, { port: 81, targetPort: "dns", nodePort: 30007 }] },
      "args.ports[1].nodePort is 30007, must differ from args.ports[0].nodePort, which has another port, 80",
    ],
    [
      { ports: [first, { ...first, name: "again", nodePort: 30008 }] },
      "args.ports[1].port is 80, must differ from args.ports[0].port, which has the same protocol TCP",
    ],
    [
      { ports: [first, { port: 81, targetPort: "http" }] },
      'args.ports[1].name is "http", must differ from the name of args.ports[0]; name the port',
    ],
    [
      { ports: [{ port: 80, targetPort: "https" }] },
      'args.ports[0].targetPort is "https", must be a port that the target declares: http, dns',
    ],
    [
      { ports: [{ port: 0, targetPort: "http" }] },
      "args.ports[0].port is 0, must be an integer from 1 to 65535",
    ],
    [{ ports: [] }, "args.ports is an empty list, must be a list of at least one port"],
    [{ ports: [null] }, "args.ports[0] is null, must be an object"],
    [
      { serviceName: "Dev" },
      'args.serviceName is "Dev", must be at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
    ],
    [
      { target: { ...target, ports: [] } },
      "args.target.ports is an empty list, must be a list of at least one declared port",
    ],
    [
      { target: { ...target, ports: [{ ...target.ports[0], protocol: "tcp" }] } },
      'args.target.ports[0].protocol is "tcp", must be "TCP" or "UDP" or "SCTP"',
    ],
    [
      { target: { ...target, selector: { app: 1 } } },
      'args.target.selector.app is 1, must be 1 to 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
    ],
  ];
  test.each(refused.map(([more, message]) => ({ more, message })))(
    "NodePortService: fails when $message",
    async ({ more, message }) => {
      expect(await refusalOf(more)).toBe(message);
    },
  );

  test("NodePortService: fails when another one of the program has the node port", async () => {
    const failure = await failureOf(() => [
      new NodePortService("one", args),
      new NodePortService("two", args),
    ]);

    expect(failure.message).toBe(
      'Cannot create NodePortService "two": args.ports[0].nodePort is 30007, must differ from the node ports of component "one"',
    );
  });

  test("NodePortService: fails when another one has its Service's name", async () => {
    const failure = await failureOf(() => [
      new NodePortService("one", args),
      new NodePortService("two", {
        ...args,
        serviceName: "one",
        ports: [{ port: 80, targetPort: "http" }],
      }),
    ]);

    expect(failure.message).toBe(
      'Cannot create NodePortService "two": args.serviceName is "one", must differ from the Service of component "one" in namespace "shop"',
    );
  });

  test("NodePortService: may share no number with another one when the protocols differ", async () => {
    const ports = [{ port: 53, targetPort: "dns", nodePort: 30007 }];
    const failure = await failureOf(() => [
      new NodePortService("one", args),
      new NodePortService("two", { ...args, ports }),
    ]);

    expect(failure).toBeInstanceOf(InvalidArgsError);
  });

  test("NodePortService: may stand beside another one when the API server chooses their ports", async () => {
    const ports = [{ port: 80, targetPort: "http" }];
    const run = await runProgram(() => [
      new NodePortService("one", { ...args, ports }),
      new NodePortService("two", { ...args, ports }),
    ]);

    expect(run.resources.filter(({ type }) => type.endsWith(":Service"))).toHaveLength(2);
  });
});

describe("proof of the target", () => {
  const recordOf = async (more: Partial<NodePortServiceArgs>) =>
    (await runProgram(() => new NodePortService("dev", { ...args, ...more }))).resource(
      "Stash",
      "dev-endpoints",
    ).inputs.input;

  test("NodePortService: records what is proved when the target is not ours", async () => {
    const record = await recordOf({ target: later(target) });

    expect(record).toMatchObject({
      namespace: "shop",
      name: "dev",
      selector: { app: "web" },
      ports: [{ name: "http", targetPort: "http", containerPort: 8080, protocol: "TCP" }],
    });
  });

  test("NodePortService: records another thing when it is to select other Pods", async () => {
    const other = { ...target, selector: { app: "web", tier: "db" } };

    expect(await recordOf({ target: other })).not.toEqual(await recordOf({}));
  });

  test("NodePortService: records nothing when the target is a Backend of the program", async () => {
    const run = await runProgram(() => {
      const backend = new Backend("web", { ...minimal, entrances: [Entrance.NodePort] });
      return new NodePortService("dev", { ...args, target: backend.target });
    });

    expect(run.resources.map(({ type }) => type)).not.toContain("pulumi:index:Stash");
  });

  test("NodePortService: records nothing when no proof is asked for", async () => {
    const run = await runProgram(
      () => new NodePortService("dev", { ...args, targetReadyWithinSeconds: 0 }),
    );

    expect(run.resources.map(({ type }) => type)).not.toContain("pulumi:index:Stash");
  });

  test("NodePortService: fails when the time for a proof is no whole number", async () => {
    expect(await refusalOf({ targetReadyWithinSeconds: -1 })).toBe(
      "args.targetReadyWithinSeconds is -1, must be an integer from 0 up",
    );
  });
});
