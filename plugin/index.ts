/**
 * The components as a Pulumi plugin, for programs in other languages: `dist/plugin` of the package. It serves the schema that
 * the build has made of the sources; the engine starts it, and nothing imports it.
 *
 * @see https://www.pulumi.com/docs/iac/guides/building-extending/components/
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ComponentResource, ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import { type ConstructResult, main, type Provider } from "@pulumi/pulumi/provider/index.js";
import { Backend, LoadBalancerService, NodePortService } from "../components/index.ts";

/** The parts of the schema that are read here. */
interface Schema {
  readonly version: string;
  readonly resources: Readonly<Record<string, { readonly properties: object }>>;
}

const components = { Backend, LoadBalancerService, NodePortService };

/** Makes the components that programs ask for, and puts out what the schema says. */
class ComponentsProvider implements Provider {
  readonly version: string;
  readonly schema: string;
  readonly #outputs: ReadonlyMap<string, readonly string[]>;

  constructor(text: string) {
    const { resources, version }: Schema = JSON.parse(text);
    this.version = version;
    this.schema = text;
    this.#outputs = new Map(
      Object.entries(resources).map(([token, { properties }]) => [token, Object.keys(properties)]),
    );
  }

  async construct(
    name: string,
    type: string,
    inputs: Inputs,
    options: ComponentResourceOptions,
  ): Promise<ConstructResult> {
    const component = Object.entries(components).find(([it]) => type.endsWith(`:index:${it}`))?.[1];
    const outputs = this.#outputs.get(type);
    if (component === undefined || outputs === undefined) {
      const known = [...this.#outputs.keys()].join(", ");
      throw new Error(`Cannot create ${type} "${name}": it is not one of ${known}`);
    }
    // The components check what they are given.
    const make = component as new (...given: unknown[]) => ComponentResource;
    const made = new make(name, inputs, options);
    const values = made as unknown as Readonly<Record<string, unknown>>;
    return {
      urn: made.urn,
      state: Object.fromEntries(outputs.map((output) => [output, values[output]])),
    };
  }
}

const schema = readFileSync(join(import.meta.dirname, "schema.json"), "utf8");
// The host requires this module, so nothing may be awaited here.
void main(new ComponentsProvider(schema), process.argv.slice(2));
