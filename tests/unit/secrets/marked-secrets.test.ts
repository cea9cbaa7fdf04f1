import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  Backend,
  Exposure,
  LoadBalancerService,
  NodePortService,
} from "../../../components/index.ts";
import { withMarkedSecrets } from "../../../components/validation/marked-secrets.ts";
import { cluster, minimal } from "../support/args.ts";
import { later, runProgram, unknown } from "../support/run-program.ts";
import { sentSecret } from "../support/wire.ts";

const TOKEN = "t0ken-of-configuration";

beforeEach(() =>
  pulumi.runtime.setAllConfig({ "shop-project:token": TOKEN }, ["shop-project:token"]),
);
afterEach(() => pulumi.runtime.setAllConfig({}));

const byName = (one: { name: string }, other: { name: string }) =>
  one.name.localeCompare(other.name);

test.each([
  ["plain", TOKEN, TOKEN],
  ["in a longer text", `Bearer ${TOKEN}`, `Bearer ${TOKEN}`],
  ["late", later(`Bearer ${TOKEN}`), `Bearer ${TOKEN}`],
  ["encoded", Buffer.from(TOKEN).toString("base64"), Buffer.from(TOKEN).toString("base64")],
])("Backend: marks secret configuration as secret when it is %s", async (_, value, text) => {
  const env = { TOKEN: value, MODE: "fast", LATE: later("slow") };
  const { resources } = await runProgram(() => new Backend("web", { ...minimal, env }));

  const { sent } = resources.find(({ type }) => type.endsWith(":Deployment")) ?? {};
  const [container] = Object(sent).spec.template.spec.containers;
  const sorted = container.env.toSorted(byName);
  expect(sorted).toEqual([
    { name: "LATE", value: "slow" },
    { name: "MODE", value: "fast" },
    { name: "TOKEN", value: sentSecret(text) },
  ]);
});

test("entrances: mark secret configuration as secret when it is in an annotation", async () => {
  const { namespace, ports } = minimal;
  const target = { namespace, ports, selector: { app: "web" }, drainSeconds: 60 };
  const common = { cluster, target, ports: [{ port: 80, targetPort: "http" }] };
  const patches = { service: { metadata: { annotations: { token: TOKEN } } } };
  const { resources } = await runProgram(() => {
    new NodePortService("dev", { ...common, patches });
    new LoadBalancerService("front", { ...common, patches, exposure: Exposure.Internal });
  });

  const services = resources.filter(({ type }) => type.endsWith(":Service"));
  expect(services).toHaveLength(2);
  for (const { sent } of services) {
    expect(Object(sent).metadata.annotations.token).toEqual(sentSecret(TOKEN));
  }
});

test("withMarkedSecrets: returns the very same inputs when no configuration is secret", () => {
  pulumi.runtime.setAllConfig({ "shop-project:token": TOKEN });
  const inputs = { a: [TOKEN] };

  expect(withMarkedSecrets(inputs)).toBe(inputs);
});

test("withMarkedSecrets: leaves what is unknown unknown", async () => {
  const { late } = withMarkedSecrets({ late: unknown<string>() });

  expect(await (late as unknown as { isKnown: Promise<boolean> }).isKnown).toBe(false);
});
