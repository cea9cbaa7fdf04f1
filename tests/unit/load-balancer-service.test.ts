import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  Backend,
  Entrance,
  Exposure,
  InvalidArgsError,
  LoadBalancerController,
  LoadBalancerService,
  type LoadBalancerServiceArgs,
  Protocol,
} from "../../components/index.ts";
import { tables } from "./load-balancer/tables/tables.ts";
import { cluster, minimal, target } from "./support/args.ts";
import {
  failureOf,
  isKnown,
  later,
  outputValue,
  runProgram,
  unknown,
} from "./support/run-program.ts";

const args: LoadBalancerServiceArgs = {
  cluster,
  target,
  exposure: Exposure.Public,
  sourceRanges: ["0.0.0.0/0"],
  ports: [{ port: 80, targetPort: "http" }],
};
const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

/** Runs one LoadBalancerService called `front` and returns its Service's inputs. */
async function serviceOf(more: Partial<LoadBalancerServiceArgs>) {
  const run = await runProgram(() => new LoadBalancerService("front", { ...args, ...more }));
  return run.resource("core/v1:Service", "front").inputs;
}

/** The message a LoadBalancerService called `front` is refused with, after its heading. */
async function refusalOf(more: Record<string, unknown>): Promise<string> {
  const { message } = await failureOf(
    () => new LoadBalancerService("front", { ...args, ...more } as LoadBalancerServiceArgs),
  );
  return message.replace('Cannot create LoadBalancerService "front": ', "");
}

/** Runs one whose Service has a status. */
async function assigned(ingress: object[], more: Partial<LoadBalancerServiceArgs> = {}) {
  const status = { loadBalancer: { ingress } };
  return (
    await runProgram(() => new LoadBalancerService("front", { ...args, ...more }), { status })
  ).result;
}

describe("children", () => {
  test("LoadBalancerService: has one Service and two records when the target is not ours", async () => {
    const run = await runProgram(() => new LoadBalancerService("front", args));

    const registered = run.resources.map(({ type, name, parent }) => [type, name, parent]);
    // Not in the order in which their inputs are known.
    expect(registered.sort(([, one = ""], [, other = ""]) => (one < other ? -1 : 1))).toEqual([
      ["pulumi-kubernetes-services:index:LoadBalancerService", "front", undefined],
      ["kubernetes:core/v1:Service", "front", "front"],
      ["pulumi:index:Stash", "front-controller-sync", "front"],
      ["pulumi:index:Stash", "front-endpoints", "front"],
    ]);
  });

  test("LoadBalancerService: replaces the Service under its name when the kind or the exposure changes", async () => {
    const run = await runProgram(() => new LoadBalancerService("front", args));

    const service = run.resource("core/v1:Service", "front");
    expect(service.deleteBeforeReplace).toBe(true);
    expect(service.replaceOnChanges).toEqual([
      `metadata.annotations["${prefix}type"]`,
      `metadata.annotations["${prefix}internal"]`,
      `metadata.annotations["${prefix}subnets"]`,
      `metadata.annotations["${prefix}additional-resource-tags"]`,
      `metadata.annotations["${prefix}eip-allocations"]`,
      `metadata.annotations["${prefix}private-ipv4-addresses"]`,
      "spec.healthCheckNodePort",
    ]);
    expect(service.ignoreChanges).toEqual(["spec.loadBalancerClass"]);
    expect(service.replacementTrigger).toBe("AwsCloudControllerNlb");
  });

  test("LoadBalancerService: yields exactly this Service when nothing optional is given", async () => {
    expect(await serviceOf({})).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "front",
        namespace: "shop",
        labels: {
          "app.kubernetes.io/instance": "front",
          "app.kubernetes.io/part-of": "shop-project",
          "app.kubernetes.io/managed-by": "pulumi",
        },
        annotations: {
          [`${prefix}type`]: "nlb",
          [`${prefix}internal`]: "false",
          [`${prefix}healthcheck-protocol`]: "TCP",
          [`${prefix}healthcheck-port`]: "traffic-port",
          [`${prefix}healthcheck-interval`]: "10",
          [`${prefix}healthcheck-healthy-threshold`]: "2",
          [`${prefix}healthcheck-unhealthy-threshold`]: "2",
          [`${prefix}target-group-attributes`]:
            "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=false",
          "pulumi.com/waitFor": "jsonpath={.status.loadBalancer.ingress[0]}",
        },
      },
      spec: {
        type: "LoadBalancer",
        selector: { app: "web" },
        ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
        loadBalancerSourceRanges: ["0.0.0.0/0"],
      },
    });
  });

  test("LoadBalancerService: says so in an annotation when it is internal", async () => {
    const service = await serviceOf({ exposure: Exposure.Internal });

    expect(service.metadata.annotations[`${prefix}internal`]).toBe("true");
  });

  test("LoadBalancerService: has no source ranges when it is internal and none are given", async () => {
    const { sourceRanges: _, ...internal } = { ...args, exposure: Exposure.Internal };
    const run = await runProgram(() => new LoadBalancerService("front", internal));

    const { spec } = run.resource("core/v1:Service", "front").inputs;
    expect(Object.keys(spec).sort()).toEqual(["ports", "selector", "type"]);
  });

  test("LoadBalancerService: needs no permission when it is internal", async () => {
    const service = await serviceOf({
      cluster: { controller: LoadBalancerController.AwsCloudControllerNlb },
      exposure: Exposure.Internal,
    });

    expect(service.spec.type).toBe("LoadBalancer");
  });

  test.each([
    ["as a whole", later(["10.0.0.0/8"])],
    ["one by one", [later("10.0.0.0/8")]],
  ])(
    "LoadBalancerService: has the source ranges when they arrive later %s",
    async (_, sourceRanges) => {
      expect((await serviceOf({ sourceRanges })).spec.loadBalancerSourceRanges).toEqual([
        "10.0.0.0/8",
      ]);
    },
  );

  test("LoadBalancerService: selects a Backend's Pods when the target is the Backend's", async () => {
    const run = await runProgram(() => {
      const backend = new Backend("web", { ...minimal, entrances: [Entrance.LoadBalancer] });
      return new LoadBalancerService("front", { ...args, target: backend.target });
    });

    expect(run.resource("core/v1:Service", "front").inputs.spec.selector).toEqual({ app: "web" });
  });

  test("LoadBalancerService: may stand beside another one when the target is the same", async () => {
    const run = await runProgram(() => [
      new LoadBalancerService("one", args),
      new LoadBalancerService("two", args),
    ]);

    expect(run.resources.map(({ name }) => name).sort()).toEqual([
      "one",
      "one",
      "one-controller-sync",
      "one-endpoints",
      "two",
      "two",
      "two-controller-sync",
      "two-endpoints",
    ]);
  });
});

describe("traffic", () => {
  test("LoadBalancerService: leaves the health check to the controller when its traffic stays on a node", async () => {
    const { metadata, spec } = await serviceOf({ externalTrafficPolicy: "Local" });

    expect(spec.externalTrafficPolicy).toBe("Local");
    expect(metadata.annotations).not.toHaveProperty([`${prefix}healthcheck-protocol`]);
    expect(metadata.annotations).not.toHaveProperty([`${prefix}healthcheck-port`]);
    expect(metadata.annotations).toMatchObject({ [`${prefix}healthcheck-interval`]: "10" });
  });

  test("LoadBalancerService: checks the node port when its traffic goes to every node", async () => {
    const { metadata, spec } = await serviceOf({
      externalTrafficPolicy: "Cluster",
      sessionAffinity: "None",
    });

    expect(spec).toMatchObject({ externalTrafficPolicy: "Cluster", sessionAffinity: "None" });
    expect(metadata.annotations).toMatchObject({
      [`${prefix}healthcheck-protocol`]: "TCP",
      [`${prefix}healthcheck-port`]: "traffic-port",
    });
  });
});

describe("outputs", () => {
  test.each([
    [
      "a hostname",
      { hostname: "front.elb.example" },
      { host: "front.elb.example", kind: "hostname" },
      "http://front.elb.example",
    ],
    ["an ip", { ip: "203.0.113.7" }, { host: "203.0.113.7", kind: "ip" }, "http://203.0.113.7"],
    [
      "an IPv6 address",
      { ip: "2001:db8::7" },
      { host: "2001:db8::7", kind: "ip" },
      "http://[2001:db8::7]",
    ],
  ])(
    "LoadBalancerService: has its address and URL when %s is assigned",
    async (_, ingress, address, url) => {
      const front = await assigned([ingress]);

      expect(await outputValue(front.address)).toEqual(address);
      expect(await outputValue(front.urls)).toEqual({ http: url });
    },
  );

  test.each([
    ["there is no status", undefined],
    ["nothing is assigned", { loadBalancer: {} }],
    ["the list is empty", { loadBalancer: { ingress: [] } }],
    ["the entry is empty", { loadBalancer: { ingress: [{ hostname: "" }] } }],
  ])("LoadBalancerService: has an unknown host and a known kind when %s", async (_, status) => {
    const run = await runProgram(
      () => new LoadBalancerService("front", args),
      status === undefined ? {} : { status },
    );

    const { address, urls } = run.result;
    expect(await isKnown(address.host)).toBe(false);
    expect(await isKnown(urls)).toBe(false);
    expect(await outputValue(address.kind)).toBe("hostname");
  });

  test("LoadBalancerService: has a known kind in a preview when everything else is unknown", async () => {
    const { address, urls } = (
      await runProgram(() => new LoadBalancerService("front", args), { preview: true })
    ).result;

    expect(await isKnown(address.kind)).toBe(true);
    expect(await outputValue(address.kind)).toBe("hostname");
    expect(await isKnown(address.host)).toBe(false);
    expect(await isKnown(urls)).toBe(false);
  });

  test("LoadBalancerService: has URLs only of what speaks HTTP when there are other ports", async () => {
    const ports = ["tls", "web", "grpc", "plain"].map((name, index) => ({
      name,
      containerPort: 8080 + index,
      protocol: "TCP" as const,
      ...(name === "web" ? { appProtocol: "https" } : {}),
      ...(name === "grpc" ? { appProtocol: "grpc" } : {}),
    }));
    const front = await assigned([{ hostname: "front.example" }], {
      target: { ...target, ports },
      ports: [
        { port: 443, targetPort: "tls" },
        { port: 8443, targetPort: "web" },
        { port: 9000, targetPort: "grpc" },
        { port: 8080, targetPort: "plain" },
      ],
    });

    expect(await outputValue(front.urls)).toEqual({
      tls: "https://front.example",
      web: "https://front.example:8443",
      plain: "http://front.example:8080",
    });
  });

  test("LoadBalancerService: has its URL when the target arrives later", async () => {
    const front = await assigned([{ hostname: "front.example" }], { target: later(target) });

    expect(await outputValue(front.urls)).toEqual({ http: "http://front.example" });
  });

  test("LoadBalancerService: registers exactly these outputs when an address is assigned", async () => {
    const status = { loadBalancer: { ingress: [{ hostname: "front.example" }] } };
    const run = await runProgram(() => new LoadBalancerService("front", args), { status });

    const outputs = await run.outputs(run.result);
    expect(Object.keys(outputs).sort()).toEqual(["address", "urls"]);
    expect(outputs).toMatchObject({
      address: { host: "front.example", kind: "hostname" },
      urls: { http: "http://front.example" },
    });
  });
});

describe("refusals", () => {
  const refused: [Record<string, unknown>, string][] = [
    [
      { sessionAffinity: "ClientIP" },
      'args.sessionAffinity is "ClientIP", must be "None": load balancers of AwsCloudControllerNlb do not support session affinity',
    ],
    [
      { externalTrafficPolicy: "local" },
      'args.externalTrafficPolicy is "local", must be "Cluster" or "Local"',
    ],
    [
      { cluster: { controller: "None", allowPublic: true } },
      'args.cluster.controller is "None", must be a controller that makes load balancers; install one and name it, or use a NodePortService',
    ],
    [
      { cluster: { controller: "aws", allowPublic: true } },
      `args.cluster.controller is "aws", must be ${tables.map(({ controller }) => `"${controller}"`).join(" or ")}`,
    ],
    [
      { cluster: { controller: "AwsCloudControllerNlb" } },
      "args.cluster.allowPublic is false, must be true for a public load balancer; allow it there, or use Exposure.Internal",
    ],
    [{ exposure: undefined }, 'args.exposure is undefined, must be "Public" or "Internal"'],
    [{ exposure: "public" }, 'args.exposure is "public", must be "Public" or "Internal"'],
    [
      { sourceRanges: undefined },
      'args.sourceRanges is undefined, must list the address ranges that may connect to a public load balancer; use ["0.0.0.0/0"] for anywhere',
    ],
    [
      { sourceRanges: [] },
      'args.sourceRanges is an empty list, must list at least one address range: an empty list would admit everyone; use ["0.0.0.0/0"] for that',
    ],
    [
      { exposure: Exposure.Internal, sourceRanges: [] },
      'args.sourceRanges is an empty list, must list at least one address range: an empty list would admit everyone; use ["0.0.0.0/0"] for that',
    ],
    [
      { sourceRanges: "0.0.0.0/0" },
      'args.sourceRanges is "0.0.0.0/0", must list at least one address range: an empty list would admit everyone; use ["0.0.0.0/0"] for that',
    ],
    [
      { sourceRanges: ["0.0.0.0/0", "10.0.0.1/8"] },
      'args.sourceRanges[1] is "10.0.0.1/8", must be an address range in its canonical form; use 10.0.0.0/8',
    ],
    [
      { sourceRanges: ["::/0"] },
      'args.sourceRanges[0] is "::/0", must be an IPv4 range, load balancers of AwsCloudControllerNlb have no IPv6 address',
    ],
    [
      { target: { ...target, drainSeconds: 60 }, healthCheckIntervalSeconds: 30 },
      "args.target.drainSeconds is 60, must be at least 100 for a load balancer of AwsCloudControllerNlb; let its Pods answer that long after they are told to stop, by a preStop sleep, and state it; a Backend does so with the entrance or with drainSeconds",
    ],
    [
      { target: { ...target, drainSeconds: 59 } },
      "args.target.drainSeconds is 59, must be at least 60 for a load balancer of AwsCloudControllerNlb; let its Pods answer that long after they are told to stop, by a preStop sleep, and state it; a Backend does so with the entrance or with drainSeconds",
    ],
    [
      { ports: [...args.ports, { port: 53, targetPort: "dns" }] },
      'args.ports[1].targetPort is "dns", must be a TCP port like args.ports[0], AwsCloudControllerNlb has one protocol per load balancer; use a second LoadBalancerService for UDP',
    ],
    [
      { target: { ...target, ports: [{ ...target.ports[0], protocol: "SCTP" }] } },
      'args.ports[0].targetPort is "http", must be a TCP or UDP port: AwsCloudControllerNlb does not support SCTP',
    ],
    [
      {
        ports: Array.from({ length: 51 }, (_, index) => ({
          name: `p${index}`,
          port: index + 1,
          targetPort: "http",
        })),
      },
      "args.ports.length is 51, must be at most 50",
    ],
    [
      { ports: [{ port: 65536, targetPort: "http" }] },
      "args.ports[0].port is 65536, must be an integer from 1 to 65535",
    ],
  ];
  test.each(refused.map(([more, message]) => ({ more, message })))(
    "LoadBalancerService: fails when $message",
    async ({ more, message }) => {
      expect(await refusalOf(more)).toBe(message);
    },
  );

  test("LoadBalancerService: fails when the component's name cannot be the Service's", async () => {
    const failure = await failureOf(() => new LoadBalancerService("Front", args));

    expect(failure.message).toBe(
      'Cannot create LoadBalancerService "Front": name is "Front", must be at most 63 lower case letters, digits and "-", starting with a letter and ending with a letter or digit',
    );
  });

  test("LoadBalancerService: fails when a Backend's Service has its name", async () => {
    const failure = await failureOf(() => {
      const entrances = [Entrance.LoadBalancer];
      const { target: web } = new Backend("web", { ...minimal, entrances });
      new LoadBalancerService("front", { ...args, serviceName: "web", target: web });
    });

    expect(failure.message).toBe(
      'Cannot create LoadBalancerService "front": args.serviceName is "web", must differ from the Service of component "web" in namespace "shop"',
    );
  });

  test("LoadBalancerService: fails at once when the Backend does not expect a load balancer", async () => {
    const program = () => {
      const backend = new Backend("web", { ...minimal, entrances: [Entrance.NodePort] });
      expect(() => new LoadBalancerService("front", { ...args, target: backend.target })).toThrow(
        'Cannot create LoadBalancerService "front": args.target.drainSeconds is 15, must be at least 60 for a load balancer of AwsCloudControllerNlb; ' +
          "add Entrance.LoadBalancer to the entrances of the target's Backend, or raise its drainSeconds",
      );
    };

    await runProgram(program);
  });

  test.each([
    [
      "an empty list",
      later<string[]>([]),
      'args.sourceRanges is an empty list, must list at least one address range: an empty list would admit everyone; use ["0.0.0.0/0"] for that',
    ],
    [
      "a range of a list",
      later(["10.0.0.1/8"]),
      'args.sourceRanges[0] is "10.0.0.1/8", must be an address range in its canonical form; use 10.0.0.0/8',
    ],
    [
      "one range",
      [later("10.0.0.1/8")],
      'args.sourceRanges[0] is "10.0.0.1/8", must be an address range in its canonical form; use 10.0.0.0/8',
    ],
  ])(
    "LoadBalancerService: fails when %s arrives later and is wrong",
    async (_, sourceRanges, message) => {
      const failure = await failureOf(
        () => new LoadBalancerService("front", { ...args, sourceRanges }),
      );

      expect(failure).toBeInstanceOf(InvalidArgsError);
      expect(failure.message).toBe(`Cannot create LoadBalancerService "front": ${message}`);
    },
  );

  test("LoadBalancerService: keeps the exposure known in a preview when the source ranges are unknown", async () => {
    const run = await runProgram(
      () => new LoadBalancerService("front", { ...args, sourceRanges: unknown() }),
      { preview: true },
    );

    const { metadata, spec } = run.resource("core/v1:Service", "front").inputs;
    expect(metadata.annotations[`${prefix}internal`]).toBe("false");
    expect(pulumi.isUnknown(spec.loadBalancerSourceRanges)).toBe(true);
    expect(spec.selector).toEqual({ app: "web" });
  });
});

describe("proof of the target", () => {
  const recordOf = async (more: Partial<LoadBalancerServiceArgs>) =>
    (await runProgram(() => new LoadBalancerService("front", { ...args, ...more }))).resource(
      "Stash",
      "front-endpoints",
    ).inputs.input;

  test("LoadBalancerService: records what is proved when the target is not ours", async () => {
    const record = await recordOf({ target: later(target) });

    expect(record).toMatchObject({
      namespace: "shop",
      name: "front",
      selector: { app: "web" },
      ports: [{ name: "http", targetPort: "http", containerPort: 8080, protocol: "TCP" }],
    });
  });

  test("LoadBalancerService: records another thing when it is to select other Pods", async () => {
    const other = { ...target, selector: { app: "web", tier: "db" } };

    expect(await recordOf({ target: other })).not.toEqual(await recordOf({}));
  });

  test("LoadBalancerService: records nothing when the target is a Backend of the program", async () => {
    const run = await runProgram(() => {
      const backend = new Backend("web", { ...minimal, entrances: [Entrance.LoadBalancer] });
      return new LoadBalancerService("front", { ...args, target: backend.target });
    });

    expect(run.resources.map(({ name }) => name)).not.toContain("front-endpoints");
  });

  test("LoadBalancerService: records nothing when no proof is asked for", async () => {
    const run = await runProgram(
      () =>
        new LoadBalancerService("front", {
          ...args,
          reconciledWithinSeconds: 0,
          targetReadyWithinSeconds: 0,
        }),
    );

    expect(run.resources.map(({ type }) => type)).not.toContain("pulumi:index:Stash");
    expect(run.resource("core/v1:Service", "front").createTimeout).toBe("");
  });

  test.each([
    [undefined, "360s"],
    [30, "30s"],
  ])(
    "LoadBalancerService: waits for its address when reconciledWithinSeconds is %s",
    async (seconds, timeout) => {
      const given = seconds === undefined ? {} : { reconciledWithinSeconds: seconds };
      const run = await runProgram(() => new LoadBalancerService("front", { ...args, ...given }));

      expect(run.resource("core/v1:Service", "front").createTimeout).toBe(timeout);
    },
  );

  test("LoadBalancerService: records another thing when its controller has something to do", async () => {
    const digest = async (more: Partial<LoadBalancerServiceArgs>) =>
      (await runProgram(() => new LoadBalancerService("front", { ...args, ...more }))).resource(
        "Stash",
        "front-controller-sync",
      ).inputs.input;
    const labels = { metadata: { labels: { example: "changed" } } };
    const tags = { team: "shop" };

    const record = await digest({});

    expect(record).toMatchObject({ namespace: "shop", name: "front" });
    expect(await digest({ patches: { service: labels } })).toEqual(record);
    expect(await digest({ tags })).not.toEqual(record);
    expect(await digest({ sourceRanges: ["10.0.0.0/8"] })).not.toEqual(record);
    expect(await digest({ ports: [{ port: 81, targetPort: "http" }] })).not.toEqual(record);
  });

  test("LoadBalancerService: verifies the target when the controller is not awaited, and the reverse", async () => {
    const records = async (more: Partial<LoadBalancerServiceArgs>) =>
      (await runProgram(() => new LoadBalancerService("front", { ...args, ...more }))).resources
        .filter(({ type }) => type === "pulumi:index:Stash")
        .map(({ name }) => name);

    expect(await records({ reconciledWithinSeconds: 0 })).toEqual(["front-endpoints"]);
    expect(await records({ targetReadyWithinSeconds: 0 })).toEqual(["front-controller-sync"]);
  });

  test.each(["reconciledWithinSeconds", "targetReadyWithinSeconds"])(
    "LoadBalancerService: fails when %s is not a whole number from 0",
    async (name) => {
      expect(await refusalOf({ [name]: -1 })).toBe(
        `args.${name} is -1, must be an integer from 0 up`,
      );
    },
  );
});

describe("whether it answers", () => {
  const hostname = "front.elb.example";
  const recordOf = async (more: Partial<LoadBalancerServiceArgs>, preview = false) => {
    const status = { loadBalancer: { ingress: [{ hostname }] } };
    const given = { ...args, reachableWithinSeconds: 300, ...more };
    return (
      await runProgram(() => new LoadBalancerService("front", given), {
        ...(preview ? {} : { status }),
        preview,
      })
    ).resource("Stash", "front-reachability").inputs.input;
  };

  test.each([{}, { reachableWithinSeconds: 0 }])(
    "LoadBalancerService: records nothing of it when it is given %o",
    async (more) => {
      const run = await runProgram(() => new LoadBalancerService("front", { ...args, ...more }));

      expect(run.resources.map(({ name }) => name)).not.toContain("front-reachability");
    },
  );

  test.each([
    ["plain", target],
    ["late", later(target)],
  ])("LoadBalancerService: records what is asked when its target is %s", async (_, given) => {
    const record = await recordOf({ target: given, ports: [{ port: 8080, targetPort: "http" }] });

    expect(record.front).toEqual({
      host: hostname,
      ports: [{ port: 8080, url: `http://${hostname}:8080` }],
    });
  });

  test("LoadBalancerService: asks over TLS when that ends at the load balancer", async () => {
    const { front } = await recordOf({
      ports: [{ port: 8443, targetPort: "http" }],
      certificates: ["arn:aws:acm:eu-west-1:123456789012:certificate/0aa1"],
    });

    expect(front.ports).toEqual([{ port: 8443, url: `https://${hostname}:8443` }]);
  });

  test("LoadBalancerService: asks whether it answers when its controller is asked nothing", async () => {
    expect(await recordOf({ reconciledWithinSeconds: 0 })).toMatchObject({
      front: { host: hostname },
    });
  });

  test("LoadBalancerService: asks anew only when its controller has something to do", async () => {
    const labels = { metadata: { labels: { example: "changed" } } };

    const record = await recordOf({});

    expect(await recordOf({ reachableWithinSeconds: 1 })).toEqual(record);
    expect(await recordOf({ patches: { service: labels } })).toEqual(record);
    expect(await recordOf({ tags: { team: "shop" } })).not.toEqual(record);
    expect(await recordOf({ ports: [{ port: 81, targetPort: "http" }] })).not.toEqual(record);
  });

  test("LoadBalancerService: asks anew when its Service is another one", async () => {
    const uidOf = async (uid: string) =>
      (
        await runProgram(
          () => new LoadBalancerService("front", { ...args, reachableWithinSeconds: 300 }),
          { made: ({ inputs }) => ({ metadata: { ...inputs["metadata"], uid } }) },
        )
      ).resource("Stash", "front-reachability").inputs.input.uid;

    expect([await uidOf("first"), await uidOf("second")]).toEqual(["first", "second"]);
  });

  test("LoadBalancerService: asks it after its controller and its Pods", async () => {
    const run = await runProgram(
      () => new LoadBalancerService("front", { ...args, reachableWithinSeconds: 300 }),
    );

    expect([...run.resource("Stash", "front-reachability").dependencies].sort()).toEqual([
      "front",
      "front-controller-sync",
      "front-endpoints",
    ]);
  });

  test("LoadBalancerService: does not know what is asked when its address is not known in a preview", async () => {
    expect(pulumi.isUnknown((await recordOf({}, true)).front)).toBe(true);
  });

  test.each([-1, 0.5, "soon", null])(
    "LoadBalancerService: fails when the time to answer is %o",
    async (reachableWithinSeconds) => {
      expect(await refusalOf({ reachableWithinSeconds })).toBe(
        `args.reachableWithinSeconds is ${JSON.stringify(reachableWithinSeconds)}, must be an integer from 0 up`,
      );
    },
  );

  test("LoadBalancerService: fails when it is to answer on ports that cannot be asked", async () => {
    const dns = { ...target, ports: [{ name: "http", containerPort: 53, protocol: Protocol.UDP }] };

    const given = {
      target: dns,
      externalTrafficPolicy: "Local",
      reachableWithinSeconds: 60,
    } as const;

    expect(await refusalOf(given)).toBe(
      "args.reachableWithinSeconds is 60, must not be set: there is no TCP port, and other protocols cannot be checked",
    );
  });
});
