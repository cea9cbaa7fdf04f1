import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  type LoadBalancerController,
  LoadBalancerService,
  type LoadBalancerServiceArgs,
} from "../../../components/index.ts";
import { target } from "../support/args.ts";
import { failureOf, later, outputValue, runProgram } from "../support/run-program.ts";

type Given = Partial<LoadBalancerServiceArgs>;
type Controller = keyof typeof LoadBalancerController;

const argsOn = (controller: Controller, more: Given) =>
  ({
    cluster: { controller, allowPublic: true },
    target,
    exposure: "Public",
    sourceRanges: ["0.0.0.0/0"],
    ports: [{ port: 80, targetPort: "http" }],
    ...more,
  }) as LoadBalancerServiceArgs;

const runOn = (controller: Controller, more: Given, preview = false) =>
  runProgram(() => new LoadBalancerService("front", argsOn(controller, more)), { preview });

const annotationsOf = async (controller: Controller, more: Given) =>
  (await runOn(controller, more)).resource("core/v1:Service", "front").inputs.metadata.annotations;

/** Source code of ingress-gce. */
describe("addresses on Google Cloud", () => {
  test.each([["34.1.2.3"], ["2001:db8::1"], ["Front"], ["front.ip"], ["-front"]])(
    "LoadBalancerService: refuses %s, now and later",
    async (address) => {
      const must = /must be the name of a reserved address, not the address itself/;
      const refusal = async (given: pulumi.Input<string>) =>
        (
          await failureOf(
            () =>
              new LoadBalancerService("front", argsOn("GoogleCloud", { staticAddresses: [given] })),
          )
        ).message;

      expect(await refusal(address)).toMatch(must);
      expect(await refusal(later(address))).toMatch(must);
    },
  );

  test("LoadBalancerService: lets an internal one answer clients of every region", async () => {
    const key = "networking.gke.io/internal-load-balancer-allow-global-access";
    const given: Given = { exposure: "Internal", annotations: { [key]: "true" } };

    expect((await annotationsOf("GoogleCloud", given))[key]).toBe("true");
  });
});

/** https://github.com/hetznercloud/hcloud-cloud-controller-manager/issues/167 and 811 */
describe("places and private addresses on Hetzner Cloud", () => {
  const prefix = "load-balancer.hetzner.cloud/";

  test("LoadBalancerService: reaches nodes by private addresses when it is internal", async () => {
    const given: Given = { location: "fsn1", exposure: "Internal", sourceRanges: ["0.0.0.0/0"] };

    expect(await annotationsOf("HetznerCloud", given)).toMatchObject({
      [`${prefix}disable-public-network`]: "true",
      [`${prefix}use-private-ip`]: "true",
      [`${prefix}disable-private-ingress`]: "false",
    });
  });

  test("LoadBalancerService: refuses to hide the only address that an internal one has", async () => {
    const annotations = { [`${prefix}disable-private-ingress`]: "true" };
    const given: Given = { location: "fsn1", exposure: "Internal", annotations };
    const { message } = await failureOf(
      () => new LoadBalancerService("front", argsOn("HetznerCloud", given)),
    );

    expect(message).toContain("must not be set: other arguments decide it for HetznerCloud");
  });

  test("LoadBalancerService: hides the private address of a public one, and uses private ones of nodes", async () => {
    const annotations = {
      [`${prefix}disable-private-ingress`]: "true",
      [`${prefix}use-private-ip`]: "true",
    };

    expect(await annotationsOf("HetznerCloud", { location: "fsn1", annotations })).toMatchObject(
      annotations,
    );
  });
});

describe("an address that an annotation turns into a host name", () => {
  test.each([
    ["DigitalOcean", "service.beta.kubernetes.io/do-loadbalancer-hostname", {}],
    ["HetznerCloud", "load-balancer.hetzner.cloud/hostname", { location: "fsn1" }],
  ] as const)(
    "LoadBalancerService: is of that kind in a preview on %s",
    async (controller, key, more) => {
      const kindOf = async (given: Given) => {
        const { address } = (await runOn(controller, { ...more, ...given }, true)).result;
        return outputValue(address.kind);
      };

      expect(await kindOf({})).toBe("ip");
      expect(await kindOf({ annotations: { [key]: "shop.example.com" } })).toBe("hostname");
    },
  );
});

const refusalOn = async (controller: Controller, more: Given) =>
  (await failureOf(() => new LoadBalancerService("front", argsOn(controller, more)))).message;

const withDns = {
  ...target,
  ports: [...target.ports, { name: "dns", containerPort: 5353, protocol: "UDP" as const }],
};
const dns = { target: withDns, ports: [{ port: 53, targetPort: "dns" }] };
const httpAndDns = { target: withDns, ports: [{ port: 80, targetPort: "http" }, ...dns.ports] };

/** https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2144 */
describe("health checks of UDP ports on AWS", () => {
  const aws = "service.beta.kubernetes.io/aws-load-balancer-";

  test.each(["AwsLoadBalancerController", "AwsCloudControllerNlb"] as const)(
    "LoadBalancerService: refuses a UDP port that nothing answers for on %s, and takes what the error says",
    async (controller) => {
      const port = { annotations: { [`${aws}healthcheck-port`]: "10256" } };

      expect(await refusalOn(controller, dns)).toContain("which health checks can connect to");
      expect((await annotationsOf(controller, { ...dns, ...port }))[`${aws}healthcheck-port`]).toBe(
        "10256",
      );
      await runOn(controller, { ...dns, externalTrafficPolicy: "Local" });
    },
  );

  test("LoadBalancerService: takes a TCP port of the Service for the checks of all", async () => {
    const given = { ...httpAndDns, healthCheckPort: "http" };

    expect(await refusalOn("AwsLoadBalancerController", httpAndDns)).toContain(
      'args.healthCheckPort "http"',
    );
    expect(
      (await annotationsOf("AwsLoadBalancerController", given))[`${aws}healthcheck-port`],
    ).toBe("http");
  });
});

describe("drain seconds of a target that is stated", () => {
  test("LoadBalancerService: does not speak of the target's Backend, which it does not have", async () => {
    const message = await refusalOn("GoogleCloud", { target: { ...target, drainSeconds: 0 } });

    expect(message).toMatch(/let its Pods answer that long after they are told to stop/);
    expect(message).not.toContain("the target's Backend");
  });
});

describe("keys of tags with blanks", () => {
  test("LoadBalancerService: passes them on to AWS", async () => {
    const given = { tags: { "Cost Center": "front end" } };
    const key = "service.beta.kubernetes.io/aws-load-balancer-additional-resource-tags";

    expect((await annotationsOf("AwsLoadBalancerController", given))[key]).toBe(
      "Cost Center=front end",
    );
    expect(await refusalOn("AwsLoadBalancerController", { tags: { " team": "x" } })).toContain(
      "without spaces at its ends",
    );
  });
});

describe("fixed node ports", () => {
  const ports = [{ port: 80, targetPort: "http", nodePort: 30080 }];

  test("LoadBalancerService: has them where the controller sends traffic to nodes", async () => {
    const { inputs } = (await runOn("DigitalOcean", { ports })).resource(
      "core/v1:Service",
      "front",
    );

    expect(inputs.spec.ports).toMatchObject([{ port: 80, nodePort: 30080 }]);
  });

  test("LoadBalancerService: refuses them where they would only be open, or are out of range", async () => {
    expect(await refusalOn("GoogleCloud", { ports })).toContain(
      "args.ports[0].nodePort is 30080, must not be set: GoogleCloud sends no traffic to node ports here",
    );
    expect(
      await refusalOn("DigitalOcean", { ports: [{ ...ports[0], nodePort: 80 }] as typeof ports }),
    ).toContain("must be an integer from 30000 to 32767");
  });

  test("LoadBalancerService: refuses one for the health check of nodes, of either protocol", async () => {
    const given = { ports, externalTrafficPolicy: "Local", healthCheckNodePort: 30080 } as Given;
    const overUdp = { ...given, target: withDns, ports: [{ ...dns.ports[0], nodePort: 30080 }] };

    for (const asked of [given, overUdp as Given]) {
      expect(await refusalOn("DigitalOcean", asked)).toContain(
        "args.healthCheckNodePort is 30080, must differ from args.ports[0].nodePort",
      );
    }
    await runOn("DigitalOcean", { ...given, healthCheckNodePort: 30081 });
  });

  test("LoadBalancerService: refuses one that another component has", async () => {
    const { message } = await failureOf(() => {
      new LoadBalancerService("front", argsOn("DigitalOcean", { ports }));
      return new LoadBalancerService("back", argsOn("DigitalOcean", { ports }));
    });

    expect(message).toContain('must differ from the node ports of component "front"');
  });
});

describe("a controller that the package does not know", () => {
  const stated = (loadBalancerClass?: string): Given => ({
    cluster: {
      controller: "Other",
      allowPublic: true,
      otherController: {
        addressKind: "hostname",
        publicAnnotations: { "example.com/public": "true" },
        ...(loadBalancerClass === undefined ? {} : { loadBalancerClass }),
      },
    },
  });
  const triggerOf = async (given: Given) =>
    (await runOn("Other", given)).resource("core/v1:Service", "front").replacementTrigger;

  test("LoadBalancerService: is replaced when the class changes, and has the stated kind of address", async () => {
    expect(await triggerOf(stated())).toBe("Other");
    expect(await triggerOf(stated("example.com/a"))).toBe("Other example.com/a");
    const { address } = (await runOn("Other", stated("example.com/a"), true)).result;
    expect(await outputValue(address.kind)).toBe("hostname");
  });

  test("LoadBalancerService: keeps its trigger where the controller is known", async () => {
    expect(
      await triggerOf({ cluster: { controller: "AwsLoadBalancerController", allowPublic: true } }),
    ).toBe("AwsLoadBalancerController");
  });
});

describe("a problem", () => {
  const otherController = {
    addressKind: "ip",
    enforcesSourceRanges: true,
    publicAnnotations: {},
    internalAnnotations: {},
  };

  test.each<[Controller, object, string, string]>([
    [
      "Other",
      {
        cluster: { controller: "Other", allowPublic: true, otherController },
        sourceRanges: ["198.51.100.0/24"],
        serviceName: "A!",
      },
      "args.serviceName",
      "args.sourceRanges",
    ],
    [
      "AwsCloudControllerNlb",
      { ports: [{ port: 80 }] },
      "args.ports[0].targetPort",
      "args.healthCheckPort",
    ],
    [
      "DigitalOcean",
      {
        target: { ...target, ports: [{ name: "dns", containerPort: 53, protocol: "UDP" }] },
        ports: [{ port: 53, targetPort: "dns" }],
        healthCheckPort: "dns",
      },
      "args.healthCheckPort",
      "args.healthCheckPath",
    ],
  ])(
    "LoadBalancerService: on %s is not told as another one when it is %j",
    async (on, more, path, other) => {
      const { message } = await failureOf(
        () => new LoadBalancerService("front", argsOn(on, more as Given)),
      );

      expect(message).toContain(path);
      expect(message).not.toContain(other);
    },
  );
});
