import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type {
  AnalyzeResult,
  PropertyDefinition,
} from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import * as components from "../../../components/index.ts";
import { packageSchema } from "../../../local/package/analyze.ts";
import {
  analyze,
  analyzePackage,
  COMPONENTS,
  checkout,
  manifest,
  schemaOf,
} from "../support/analyze.ts";
import { cluster, minimal, target } from "../support/args.ts";
import { interfacesIn } from "../support/interfaces.ts";
import { runProgram } from "../support/run-program.ts";

const { Backend, Exposure, LoadBalancerService, NodePortService } = components;
describe("the schema of the package", () => {
  let analyzed: AnalyzeResult;
  beforeAll(() => {
    analyzed = analyzePackage();
  }, 60_000);

  test("schema: has every component that the package exports", () => {
    const exported: [string, unknown][] = Object.entries(components);
    const classes = exported
      .filter(([, it]) => isComponent(it))
      .map(([name]) => name)
      .sort();

    expect(classes).toEqual(COMPONENTS);
    expect(Object.keys(analyzed.components).sort()).toEqual(classes);
  });

  test("schema: has the tokens that the components register when it is generated", async () => {
    const { resources } = schemaOf(analyzed);

    const { resources: registered } = await runProgram(everyComponent);
    const types = registered.map(({ type }) => type);
    expect(Object.keys(resources).sort()).toEqual(
      [...new Set(types.filter((type) => type.startsWith(manifest.name)))].sort(),
    );
  });

  // Programs in other languages are written against it: look at every change of the file, then `vitest run -u`.
  test("schema: is that of schema.golden.yaml when it is generated", async () => {
    const { name, resources, types } = packageSchema();

    // Descriptions are the documentation's.
    const text = JSON.stringify({ name, resources, types }, (key, value) =>
      key === "description" && typeof value === "string" ? undefined : value,
    );
    const golden = stringify(JSON.parse(text), { sortMapEntries: true });
    await expect(golden).toMatchFileSnapshot("schema.golden.yaml");
  });

  test("schema: has the fields of the TypeScript interfaces, as optional as there, and no other", () => {
    const declared = new Map(
      [...interfacesIn(join(checkout, "components"))].map(([name, fields]) => [
        name,
        fields.map(({ name: it, optional }) => `${it}${optional ? "?" : ""}`).sort(),
      ]),
    );
    const inputs = Object.values(analyzed.components).map(
      (it) => [`${it.name}Args`, it.inputs] as const,
    );
    const types = Object.values(analyzed.typeDefinitions).flatMap((it) =>
      it.properties === undefined ? [] : [[it.name, it.properties] as const],
    );

    const schema = Object.fromEntries(
      [...inputs, ...types].map(([name, fields]) => [name, namesOf(fields)]),
    );

    const names = Object.keys(schema);
    expect(names).toContain("BackendPortArgs");
    expect(schema).toEqual(Object.fromEntries(names.map((name) => [name, declared.get(name)])));
  });

  test("schema: takes a target that arrives late", () => {
    for (const name of ["LoadBalancerService", "NodePortService"]) {
      expect(analyzed.components[name]?.inputs["target"]?.plain).toBeUndefined();
      expect(analyzed.components[name]?.inputs["cluster"]?.plain).toBe(true);
    }
  });

  test("schema: has the outputs that the components register, and besides only their children", async () => {
    // Not what arrives at the engine: of an output that is absent this time nothing would be seen there.
    const register = vi.spyOn(
      pulumi.ComponentResource.prototype as unknown as { registerOutputs(outputs?: object): void },
      "registerOutputs",
    );
    await runProgram(everyComponent);
    const calls = register.mock.calls.map(([outputs], index) => {
      const { name } = (register.mock.contexts[index] as object).constructor;
      return [name, Object.keys(outputs ?? {}).sort()] as const;
    });
    register.mockRestore();

    // The children are in the state as resources of their own.
    const isChild = (output: unknown) => JSON.stringify(output).includes("#/resources/");
    const schema = Object.values(analyzed.components).map(({ name, outputs }) => {
      const values = Object.entries(outputs).filter(([, output]) => !isChild(output));
      return [name, values.map(([key]) => key).sort()] as const;
    });
    expect(Object.fromEntries(schema)).toEqual(
      // The first call counts; the last is the base class's own, of nothing.
      Object.fromEntries(
        calls.reverse().filter(([name]) => (COMPONENTS as readonly string[]).includes(name)),
      ),
    );
  });
});

describe("Analyzer", () => {
  const component = (field: string) => `
    import * as pulumi from "@pulumi/pulumi";
    export interface OddArgs {
      readonly field: ${field};
    }
    export class Odd extends pulumi.ComponentResource {
      constructor(name: string, args: OddArgs, opts?: pulumi.ComponentResourceOptions) {
        super("odd:index:Odd", name, { args }, opts);
      }
    }`;

  test("Analyzer: accepts a component when its field is a late text", () => {
    const { components: found } = analyze(component("pulumi.Input<string>"), ["Odd"]);

    expect(Object.keys(found["Odd"]?.inputs ?? {})).toEqual(["field"]);
  }, 60_000);

  test("Analyzer: fails when a field is a union", () => {
    expect(() => analyze(component("number | string"), ["Odd"])).toThrow(/union/i);
  }, 60_000);
});

function everyComponent() {
  const ports = [{ port: 80, targetPort: "http" }];
  return [
    new Backend("web", minimal),
    new NodePortService("dev", { cluster, target, ports }),
    new LoadBalancerService("front", { cluster, target, ports, exposure: Exposure.Internal }),
  ];
}

function isComponent(value: unknown): boolean {
  return typeof value === "function" && value.prototype instanceof pulumi.ComponentResource;
}

/** The names of fields, sorted; an optional one with a question mark, as in TypeScript. */
function namesOf(fields: Readonly<Record<string, PropertyDefinition>>): string[] {
  return Object.entries(fields)
    .map(([name, { optional }]) => `${name}${optional ? "?" : ""}`)
    .sort();
}
