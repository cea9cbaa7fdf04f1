import * as pulumi from "@pulumi/pulumi";
import { knownValue } from "../cluster/access.ts";
import { engineRunsHooks, hookName } from "../cluster/engine-hooks.ts";
import { hushing } from "../validation/secrets/hushing.ts";

/** Shows the user how a check goes, without secrets. */
export interface Report {
  /** Shows a description of what is awaited. */
  readonly progress: (text: string) => void;
  /** Logs a warning. */
  readonly warn: (text: string) => Promise<void>;
}

/** Evidence without which an update must not succeed. */
export interface Gate<Input extends object> {
  /** The component to which the evidence belongs. */
  readonly component: pulumi.ComponentResource;
  /** The record's resource name, for example `front-endpoints`. */
  readonly name: string;
  /** The content of the record. The evidence is checked again when it changes. */
  readonly input: { readonly [Key in keyof Input]: pulumi.Input<unknown> };
  /** The resources that must exist before the check. */
  readonly after: readonly pulumi.Resource[];
  /** The beginning of the error, for example `Cannot reach LoadBalancerService "front"`. */
  readonly failure: string;
  /** Waits for the evidence, given the known content of the record. Throws an Error with the reason if there is none. */
  readonly verify: (input: Input, report: Report) => Promise<void>;
}

/**
 * Creates a record in the stack's state that is written only after the evidence has been seen: hooks wait for it before the
 * record is created or updated. Until there is evidence, every update checks again; afterwards, only an update that changes
 * the content of the record does. Without an engine, which runs the hooks, nothing is checked.
 */
export function createGate<Input extends object>(gate: Gate<Input>): pulumi.Resource {
  const { after, component, input, name } = gate;
  const hooks = engineRunsHooks() ? { hooks: hooksOf(gate) } : {};
  return new pulumi.Stash(name, { input }, { parent: component, dependsOn: [...after], ...hooks });
}

function hooksOf<Input extends object>({ component, failure, name, verify }: Gate<Input>) {
  const hook = new pulumi.ResourceHook(hookName(name), async ({ newInputs }) => {
    const input = (await knownValue<unknown>(newInputs?.["input"])) as Input;
    const hush = await hushing(component);
    try {
      await verify(input, {
        progress: (text) => void pulumi.log.info(hush(text), component, undefined, true),
        warn: (text) => pulumi.log.warn(hush(text), component),
      });
    } catch (error) {
      throw new Error(hush(`${failure}: ${(error as Error).message}`));
    }
  });
  return { beforeCreate: [hook], beforeUpdate: [hook] };
}
