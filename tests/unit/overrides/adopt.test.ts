import { describe, expect, test } from "vitest";
import { Backend, LoadBalancerService, NodePortService } from "../../../components/index.ts";
import { untilRolledOut } from "../../../components/readiness/rollout/until-rolled-out.ts";
import { cluster, minimal, target } from "../support/args.ts";
import { backendOf, refusalOf } from "../support/deployment.ts";
import { failureOf, later, runProgram } from "../support/run-program.ts";

const urnOf = (type: string, name = "raw") => `urn:pulumi:dev::shop-project::${type}::${name}`;
const deploymentUrn = urnOf("kubernetes:apps/v1:Deployment");
const serviceUrn = urnOf("kubernetes:core/v1:Service");
const TAKE_OVER = { "pulumi.com/patchForce": "true" };

describe("adopted children", () => {
  test("Backend: makes the Deployment the one of that URN, whose fields it takes over, when adopt has it", async () => {
    const run = await backendOf({ adopt: { deploymentUrn } });

    const deployment = run.resource("apps/v1:Deployment", "web");
    expect(deployment.aliases).toEqual([deploymentUrn]);
    expect(deployment.inputs.metadata.annotations).toEqual({ ...untilRolledOut, ...TAKE_OVER });
    expect(deployment.deleteBeforeReplace).toBe(false);
  });

  test("Backend: makes the Service the one of that URN, whose fields it takes over, when adopt has it", async () => {
    const run = await backendOf({ adopt: { serviceUrn } });

    const service = run.resource("core/v1:Service", "web-service");
    expect(service.aliases).toEqual([serviceUrn]);
    expect(service.inputs.metadata.annotations).toMatchObject(TAKE_OVER);
    // Or it would be gone before the engine is told that it may not be replaced.
    expect(service.deleteBeforeReplace).toBe(false);
  });

  test.each([
    ["late", { annotations: later({ note: "patched" }) }],
    ["plain", { annotations: { note: "patched" } }],
  ])(
    "Backend: keeps the annotations of a patch when they are %s and adopt has the object",
    async (_, metadata) => {
      const patches = { deployment: { metadata }, service: { metadata } };
      const run = await backendOf({ adopt: { deploymentUrn, serviceUrn }, patches });

      const [deployment, service] = [
        run.resource("apps/v1:Deployment", "web"),
        run.resource("core/v1:Service", "web-service"),
      ];
      const both = { ...TAKE_OVER, note: "patched" };
      expect(deployment.inputs.metadata.annotations).toEqual({ ...untilRolledOut, ...both });
      expect(service.inputs.metadata.annotations).toMatchObject(both);
    },
  );

  test("Backend: leaves its other children as they are when adopt has one", async () => {
    const [plain, adopted] = [await backendOf({}), await backendOf({ adopt: { serviceUrn } })];

    const others = ({ resources }: typeof plain) =>
      resources
        .filter(({ name }) => name !== "web-service")
        .sort((a, b) => (a.type < b.type ? -1 : 1));
    expect(others(adopted)).toEqual(others(plain));
  });

  test("Backend: adopts a child of another component when the URN says its type last", async () => {
    const nested = urnOf("shop:index:Shop$kubernetes:apps/v1:Deployment");
    const run = await backendOf({ adopt: { deploymentUrn: nested } });

    expect(run.resource("apps/v1:Deployment", "web").aliases).toEqual([nested]);
  });

  test.each([
    ["NodePortService", () => new NodePortService("web", { ...front, adopt: { serviceUrn } })],
    [
      "LoadBalancerService",
      () =>
        new LoadBalancerService("web", { ...front, exposure: "Internal", adopt: { serviceUrn } }),
    ],
  ])("%s: makes its Service the one of that URN when adopt has it", async (_, program) => {
    const service = (await runProgram<unknown>(program)).resource("core/v1:Service", "web");

    expect(service.aliases).toEqual([serviceUrn]);
    expect(service.inputs.metadata.annotations).toMatchObject(TAKE_OVER);
    expect(service.deleteBeforeReplace).toBe(false);
  });
});

const front = { cluster, target, ports: [{ port: 80, targetPort: "http" }] };

describe("validation", () => {
  const must = (type: string) =>
    `must be the URN of a ${type} in stack "dev" of project "shop-project", such as urn:pulumi:dev::shop-project::${type}::web`;

  test.each([
    ["", '""'],
    ["default/web", '"default/web"'],
    [serviceUrn, `"${serviceUrn}"`],
    [deploymentUrn.replace(":dev:", ":prod:"), `"${deploymentUrn.replace(":dev:", ":prod:")}"`],
    [
      deploymentUrn.replace("shop-project", "shop"),
      `"${deploymentUrn.replace("shop-project", "shop")}"`,
    ],
    [urnOf("kubernetes:apps/v1:Deployment", ""), `"${urnOf("kubernetes:apps/v1:Deployment", "")}"`],
    [7, "7"],
  ])("Backend: fails when adopt.deploymentUrn is %j", async (urn, shown) => {
    expect(await refusalOf({ adopt: { deploymentUrn: urn } })).toBe(
      `args.adopt.deploymentUrn is ${shown}, ${must("kubernetes:apps/v1:Deployment")}`,
    );
  });

  test("Backend: fails when adopt.deploymentUrn arrives late", async () => {
    expect(await refusalOf({ adopt: { deploymentUrn: later(deploymentUrn) } })).toBe(
      "args.adopt.deploymentUrn is an Output, must be a plain value: it decides what is created and under which name; write the value itself, and name the resource it comes from in dependsOn",
    );
  });

  test("Backend: fails when adopt is no object", async () => {
    expect(await refusalOf({ adopt: deploymentUrn })).toBe(
      `args.adopt is "${deploymentUrn}", must be an object`,
    );
  });

  test("Backend: fails when adopt.serviceUrn is given and it has no Service", async () => {
    const ports = [{ name: "http", containerPort: 8080 }];

    expect(await refusalOf({ ports, adopt: { serviceUrn } })).toBe(
      `args.adopt.serviceUrn is "${serviceUrn}", must not be set: the Backend has no Service; give a port a port`,
    );
  });

  test("NodePortService: fails when adopt.serviceUrn is a Deployment's", async () => {
    const { message } = await failureOf(
      () => new NodePortService("web", { ...front, adopt: { serviceUrn: deploymentUrn } }),
    );

    expect(message).toBe(
      `Cannot create NodePortService "web": args.adopt.serviceUrn is "${deploymentUrn}", ${must("kubernetes:core/v1:Service")}`,
    );
  });

  test("Backend: adopts nothing when adopt has no URN", async () => {
    const run = await runProgram(() => new Backend("web", { ...minimal, adopt: {} }));

    expect(run.resource("apps/v1:Deployment", "web").aliases).toEqual([]);
  });
});
