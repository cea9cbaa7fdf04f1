import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { Backend, type BackendArgs } from "../../../components/index.ts";
import { smallest } from "../support/args.ts";
import { backendOf, containerOf, deploymentOf, podOf, refusalOf } from "../support/deployment.ts";
import { isKnown, later, runProgram, unknown } from "../support/run-program.ts";

const ANNOTATION = "pulumi-kubernetes-services/secret-env";

/** The annotation that a Backend with this `secretEnv` has on its Pods. */
async function digestOf(secretEnv: Record<string, pulumi.Input<string>>, name = "web") {
  const run = await runProgram(() => new Backend(name, { ...smallest, secretEnv }));
  const { template } = run.resource("apps/v1:Deployment", name).inputs.spec;
  return template.metadata.annotations[ANNOTATION];
}

test("Backend: keeps a value out of the Deployment when it is in secretEnv", async () => {
  const run = await backendOf({ secretEnv: { PASSWORD: "hunter22", LATE: later("") } });

  const deployment = run.resource("apps/v1:Deployment", "web").inputs;
  expect(JSON.stringify(deployment)).not.toContain("hunter22");
  expect(deployment.spec.template.spec.containers[0].env).toEqual([
    { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "web", key: "PASSWORD" } } },
    { name: "LATE", valueFrom: { secretKeyRef: { name: "web", key: "LATE" } } },
  ]);
  const secret = run.resource("core/v1:Secret", "web-secret");
  expect(secret.parent).toBe("web");
  expect(secret.inputs).toMatchObject({
    metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
    // Pulumi wraps what is secret on its way to the engine.
    data: { value: { PASSWORD: "aHVudGVyMjI=", LATE: "" } },
  });
  expect(await pulumi.isSecret(run.result.deployment.spec)).toBe(false);
  expect(run.result.secret).toBeDefined();
});

test("Backend: has no Secret and no annotation when secretEnv is empty", async () => {
  const run = await backendOf({ secretEnv: {} });

  expect(run.resources.map(({ name }) => name)).not.toContain("web-secret");
  const { template } = run.resource("apps/v1:Deployment", "web").inputs.spec;
  expect(template.metadata).not.toHaveProperty("annotations");
});

test("Backend: replaces its Pods when a secret value changes and only then", async () => {
  const before = await digestOf({ A: "1", B: "2" });

  expect(before).toMatch(/^[0-9a-f]{32}$/);
  expect(await digestOf({ B: pulumi.secret("2"), A: later("1") })).toBe(before);
  expect(await digestOf({ A: "1", B: "3" })).not.toBe(before);
  expect(await digestOf({ A: "2", B: "1" })).not.toBe(before);
  expect(await digestOf({ A: "1", B: "2" }, "other")).not.toBe(before);
});

test("Backend: keeps its own annotation when another one of that key is given", async () => {
  const { template } = (
    await deploymentOf({ secretEnv: { A: "1" }, annotations: { [ANNOTATION]: "mine", b: "c" } })
  ).spec;

  expect(template.metadata.annotations).toEqual({
    [ANNOTATION]: await digestOf({ A: "1" }),
    b: "c",
  });
});

test("Backend: keeps everything else known in a preview when a secret value is unknown", async () => {
  const run = await runProgram(
    () => new Backend("web", { ...smallest, secretEnv: { A: unknown() } }),
    { preview: true },
  );

  const { metadata, spec } = run.resource("apps/v1:Deployment", "web").inputs.spec.template;
  expect(pulumi.isUnknown(metadata.annotations[ANNOTATION])).toBe(true);
  expect(spec.containers[0].env[0].valueFrom.secretKeyRef.key).toBe("A");
  expect(await isKnown(run.result.target)).toBe(true);
});

test("Backend: reads existing ConfigMaps and Secrets when they are named", async () => {
  const container = await containerOf({
    env: { MODE: "fast" },
    envFromSecretKeys: { TOKEN: { name: later("tokens"), key: "api.token" } },
    envFromConfigMapKeys: { COLOR: { name: "look", key: later("color") } },
    envFromSecrets: ["all-secrets"],
    envFromConfigMaps: [later("all-settings")],
  });

  expect(container.env).toEqual([
    { name: "TOKEN", valueFrom: { secretKeyRef: { name: "tokens", key: "api.token" } } },
    { name: "COLOR", valueFrom: { configMapKeyRef: { name: "look", key: "color" } } },
    { name: "MODE", value: "fast" },
  ]);
  expect(container.envFrom).toEqual([
    { configMapRef: { name: "all-settings" } },
    { secretRef: { name: "all-secrets" } },
  ]);
});

const nameRule =
  'must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit';
const keyRule = 'must be at most 253 letters, digits, "-", "_" and ".", not starting with ".."';
test.each([
  [
    { secretEnv: { PASSWORD: 12345 } },
    "args.secretEnv.PASSWORD is refused, must be a string; quote numbers and booleans",
  ],
  [
    { secretEnv: { PASSWORD: later(12345) } },
    "args.secretEnv.PASSWORD is refused, must be a string; quote numbers and booleans",
  ],
  [{ secretEnv: "hunter22" }, "args.secretEnv is refused, must be an object"],
  [{ secretEnv: [] }, "args.secretEnv is an empty list, must be an object"],
  [
    { env: { A: "1" }, secretEnv: { A: "2" } },
    'args.secretEnv key is "A", must differ from the keys of args.env',
  ],
  [
    {
      envFromSecretKeys: { A: { name: "a", key: "b" } },
      envFromConfigMapKeys: { A: { name: "a", key: "b" } },
    },
    'args.envFromConfigMapKeys key is "A", must differ from the keys of args.envFromSecretKeys',
  ],
  [{ envFromSecretKeys: { A: "a" } }, 'args.envFromSecretKeys.A is "a", must be an object'],
  [
    { envFromSecretKeys: { A: { name: "A", key: "b" } } },
    `args.envFromSecretKeys.A.name is "A", ${nameRule}`,
  ],
  [
    { envFromConfigMapKeys: { A: { name: "a", key: later("..") } } },
    `args.envFromConfigMapKeys.A.key is "..", ${keyRule}`,
  ],
  [{ envFromSecrets: ["A"] }, `args.envFromSecrets[0] is "A", ${nameRule}`],
  [{ envFromConfigMaps: [later("A")] }, `args.envFromConfigMaps[0] is "A", ${nameRule}`],
  [{ envFromConfigMaps: "a" }, 'args.envFromConfigMaps is "a", must be a list of names'],
])("Backend: fails when its environment is %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});

/** The names of a container's variables, in their order. */
async function orderOf(args: Partial<BackendArgs>): Promise<string[]> {
  const { env } = await containerOf(args);
  return env.map(({ name }: { name: string }) => name);
}
const reference = { name: "db", key: "password" };
const patched = (...env: object[]) => ({
  deployment: { spec: { template: { spec: { containers: [{ name: "web", env }] } } } },
});

test.each<[string, Partial<BackendArgs>, string[]]>([
  [
    "of secretEnv",
    { env: { URL: "pg://$(PASSWORD)@db" }, secretEnv: { PASSWORD: "x" } },
    ["PASSWORD", "URL"],
  ],
  [
    "of a Secret that exists",
    { env: { URL: "$(PASSWORD)" }, envFromSecretKeys: { PASSWORD: reference } },
    ["PASSWORD", "URL"],
  ],
  [
    "of a ConfigMap that exists",
    { env: { URL: "$(HOST)" }, envFromConfigMapKeys: { HOST: reference } },
    ["HOST", "URL"],
  ],
  [
    "further down in env",
    { env: { A: "$(B)/$(C)", X: "1", B: "$(C)", C: "2" } },
    ["X", "C", "B", "A"],
  ],
  [
    "of a patch",
    { env: { A: "$(NODE)", B: "1" }, patches: patched({ name: "NODE", value: "n" }) },
    ["B", "NODE", "A"],
  ],
  ["known later", { env: { A: "$(B)", B: later("x"), C: "1" } }, ["C", "B", "A"]],
  ["referred to by a late value", { env: { A: later("$(B)"), B: "x" } }, ["B", "A"]],
  ["itself", { env: { A: "$(A):/bin", B: "x" } }, ["A", "B"]],
  ["only quoted", { env: { A: "$$(B)", B: "$$(A)" } }, ["A", "B"]],
  ["of no container", { env: { A: "$(date) $(", B: "$" } }, ["A", "B"]],
])("Backend: has a variable below the one it refers to when that is %s", async (_, args, order) => {
  expect(await orderOf(args)).toEqual(order);
});

test("Backend: orders the variables of its init containers, too, when they refer to one another", async () => {
  const env = { URL: "$(PASSWORD)" };
  const { initContainers } = await podOf({
    initContainers: [
      { name: "wait", image: "init:1", env, envFromSecretKeys: { PASSWORD: reference } },
    ],
  });

  expect(initContainers[0].env.map(({ name }: { name: string }) => name)).toEqual([
    "PASSWORD",
    "URL",
  ]);
});

test("Backend: fails when variables refer to one another in a circle", async () => {
  const message = await refusalOf({ env: { A: "$(B)", B: "$(C) secret", C: "$(A)", D: "$(A)" } });

  expect(message.split("\n").slice(1)).toEqual([
    "  args.env.A is refused, must not refer to B, which in turn refers to it; write $$(NAME) for the literal text",
    "  args.env.B is refused, must not refer to C, which in turn refers to it; write $$(NAME) for the literal text",
    "  args.env.C is refused, must not refer to A, which in turn refers to it; write $$(NAME) for the literal text",
    "  args.env.D is refused, must not refer to A, which in turn refers to it; write $$(NAME) for the literal text",
  ]);
});

test("Backend: fails when a late value refers to one that is as late", async () => {
  expect(await refusalOf({ env: { A: later("$(B)"), B: later("x") } })).toBe(
    "args.env.A is refused, must not refer to B, whose value is deferred too: Kubernetes would not expand $(B); state B above it",
  );
});

test("Backend: has fields of the Pod and of its container before the variables that refer to them", async () => {
  const { env } = await containerOf({
    env: { ERLANG_NODE: "shop@$(POD_IP)" },
    envFromFields: { POD_IP: "status.podIP", TEAM: "metadata.labels['example.com/team']" },
    envFromResourceFields: { GOMEMLIMIT: { resource: "limits.memory" } },
  });

  expect(env).toEqual([
    { name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } },
    { name: "TEAM", valueFrom: { fieldRef: { fieldPath: "metadata.labels['example.com/team']" } } },
    { name: "GOMEMLIMIT", valueFrom: { resourceFieldRef: { resource: "limits.memory" } } },
    { name: "ERLANG_NODE", value: "shop@$(POD_IP)" },
  ]);
});

test.each([
  ["metadata.labels", "must be metadata.name, "],
  ["metadata.labels['a b']", "must be a name of at most 63 letters"],
  ["status.phase", "must be metadata.name, "],
])("Backend: fails when a variable is to have the Pod's field %s", async (field, must) => {
  expect(await refusalOf({ envFromFields: { POD: field } })).toContain(
    `args.envFromFields.POD is ${JSON.stringify(field)}, ${must}`,
  );
});

test.each([
  ["limits.memory", "1m", "must be 1 or 1k or 1M"],
  ["requests.cpu", "1Mi", "must be 1m or 1, a unit of cpu"],
])("Backend: fails when the unit of %s is %s", async (resource, divisor, must) => {
  const refused = await refusalOf({ envFromResourceFields: { MOST: { resource, divisor } } });

  expect(refused).toContain(`args.envFromResourceFields.MOST.divisor is "${divisor}", ${must}`);
});
