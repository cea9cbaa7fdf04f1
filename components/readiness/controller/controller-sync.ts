import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { clusterAccessOf, knownValue } from "../../cluster/access.ts";
import { connect } from "../../cluster/client.ts";
import { engineRunsHooks, hookName } from "../../cluster/engine-hooks.ts";
import { hushing } from "../../validation/secrets/hushing.ts";
import { awaitCarriedOut } from "./await-controller-sync.ts";
import type { CarryOutArgs } from "./controller-sync-args.ts";
import { explainFailedDeletion, explainMissingAddress } from "./explain.ts";
import { digestOf } from "./service-digest.ts";
import { factsOf, type Look, lookAt, type ServiceName, whereOf } from "./snapshot.ts";

/** What the stack's state says of a Service that is carried out. */
interface CarriedOut extends ServiceName {
  /** The Service's uid, by which its cluster is known to be the right one. */
  readonly uid: string;
  /** Of what its controller acts on. */
  readonly digest: string;
}

/**
 * Changes when a Service's controller has something to do.
 *
 * @param annotations - what the program states of them: controllers write more
 */
export function digestOfService(
  service: Service,
  annotations: object | undefined,
): pulumi.Output<string> {
  const stated = pulumi.output({ ...annotations } as Record<string, pulumi.Input<string>>);
  return pulumi.all([service.spec, stated]).apply(([spec, it]) => digestOf(spec, it));
}

/** Sees to it that an update of a Service ends when its controller has carried it out, and fails when it refuses. */
export class CarryOut {
  readonly #args: CarryOutArgs;
  /** How the Service looked before this update changed it. */
  #before: Look | undefined;

  constructor(args: CarryOutArgs) {
    this.#args = args;
  }

  /**
   * Options of the Service: how long its address is waited for, and where none comes, the controller's reason is shown
   * beside the provider's error, which does not know it.
   *
   * @param refusals - what is to refuse an update before that
   */
  serviceOptions(refusals: pulumi.ResourceHook[]): pulumi.CustomResourceOptions {
    const { name, seconds } = this.#args;
    if (seconds === 0) {
      return refusals.length === 0 ? {} : { hooks: { beforeUpdate: refusals } };
    }
    const customTimeouts = { create: `${seconds}s`, update: `${seconds}s` };
    if (!engineRunsHooks()) {
      return { customTimeouts };
    }
    const before = new pulumi.ResourceHook(hookName(`${name}-before`), async ({ newInputs }) => {
      const where = await whereOf(newInputs);
      // Where it cannot be read, the record's hook says so.
      this.#before = await this.#look(where).catch(() => undefined);
    });
    const refused = new pulumi.ErrorHook(
      hookName(`${name}-refused`),
      async ({ newInputs, oldOutputs }) => {
        // A deletion has none.
        if (newInputs === undefined) {
          await explainFailedDeletion(this.#args.component, oldOutputs);
          return false;
        }
        const see = async () => factsOf(await this.#look(await whereOf(newInputs)), this.#before);
        await explainMissingAddress(see, this.#args);
        return false;
      },
    );
    return { customTimeouts, hooks: { beforeUpdate: [...refusals, before], onError: [refused] } };
  }

  /**
   * Records that the Service is carried out. The record's hooks wait for that before it is written: as long as it does
   * not hold, the next update asks again, and once it does, nothing is asked until the controller has something to do.
   *
   * @param digest - of the Service
   * @returns the record, where there is one
   */
  record(service: Service, digest: pulumi.Output<string>): readonly pulumi.Resource[] {
    const { component, name, seconds } = this.#args;
    if (seconds === 0) {
      return [];
    }
    const input = {
      namespace: service.metadata.namespace,
      name: service.metadata.name,
      uid: service.metadata.uid,
      digest,
    };
    const hooks = engineRunsHooks() ? { hooks: this.#recordHooks() } : {};
    const options = { parent: component, dependsOn: service, ...hooks };
    return [new pulumi.Stash(`${name}-carried-out`, { input }, options)];
  }

  #recordHooks() {
    const { component, dialect, name, seconds, subject } = this.#args;
    const hook = new pulumi.ResourceHook(hookName(`${name}-carried-out`), async ({ newInputs }) => {
      const record = (await knownValue<unknown>(newInputs?.["input"])) as CarriedOut;
      const see = async () => factsOf(await this.#look(record), this.#before);
      const hush = await hushing(component);
      const options = {
        controller: dialect.name,
        evidence: dialect.evidence,
        seconds,
        progress: (text: string) => void pulumi.log.info(hush(text), component, undefined, true),
      };
      try {
        await awaitCarriedOut(see, record.uid, options);
      } catch (error) {
        throw new Error(hush(`Cannot update ${subject}: ${(error as Error).message}`));
      }
    });
    return { beforeCreate: [hook], beforeUpdate: [hook] };
  }

  async #look(where: ServiceName): Promise<Look> {
    return await lookAt(await connect(await clusterAccessOf(this.#args.component)), where);
  }
}
