import "./package-by-name.cjs";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { type RenderedProgram, renderProgram } from "../../testing/index.ts";

const folder = join(import.meta.dirname, "../../examples");

/** The examples, as paths below `examples/`. */
export const exampleNames = globSync("**/Pulumi.yaml", { cwd: folder })
  .map((path) => dirname(path))
  .sort();

/** The configuration of the examples that need one. */
export const exampleConfig: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "eks-load-balancer-controller": { zoneId: "Z0123456789ABCDEFGHIJ", zoneName: "shop.example" },
  "two-stacks/shop": { orders: "acme/two-stacks-orders/prod" },
};

/** What the stack of two-stacks/orders exports. */
export const exampleOutputs = {
  "acme/two-stacks-orders/prod": {
    target: {
      namespace: "orders",
      selector: { app: "orders" },
      ports: [{ name: "http", containerPort: 8080, port: 80, protocol: "TCP", entrance: false }],
      drainSeconds: 10,
      serviceName: "orders",
    },
  },
};

/** Renders an example. A program that is imported runs once, so it can be rendered once. */
export function renderedExample(name: string): Promise<RenderedProgram> {
  const { name: project } = parse(readFileSync(join(folder, name, "Pulumi.yaml"), "utf8"));
  const config = Object.fromEntries(
    Object.entries(exampleConfig[name] ?? {}).map(([key, value]) => [`${project}:${key}`, value]),
  );
  const program = () => import(join(folder, name, "index.ts"));
  return renderProgram(program, { project, stack: "dev", config, stackOutputs: exampleOutputs });
}
