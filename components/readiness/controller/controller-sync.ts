import type { Service } from "@pulumi/kubernetes/core/v1/service.js";
import * as pulumi from "@pulumi/pulumi";
import { connectionOf } from "../../cluster/connection.ts";
import { engineRunsHooks, hookName } from "../../cluster/engine-hooks.ts";
import { createGate } from "../gate.ts";
import { awaitControllerSync } from "./await-controller-sync.ts";
import type { ControllerSyncArgs } from "./controller-sync-args.ts";
import { explainFailedDeletion, explainMissingAddress } from "./explain.ts";
import { serviceDigest } from "./service-digest.ts";
import {
  observationOf,
  type ServiceName,
  type Snapshot,
  serviceNameOf,
  takeSnapshot,
} from "./snapshot.ts";

/** The record of a reconciled Service in the stack's state. */
interface SyncRecord extends ServiceName {
  /** The Service's uid, which identifies the right cluster. */
  readonly uid: string;
  /** A digest of the fields on which the controller acts. */
  readonly digest: string;
}

/**
 * A digest that changes when the Service's controller has to act.
 *
 * @param annotations - the annotations that the program states; controllers add others
 */
export function statedDigest(
  service: Service,
  annotations: object | undefined,
): pulumi.Output<string> {
  const stated = pulumi.output({ ...annotations } as Record<string, pulumi.Input<string>>);
  return pulumi.all([service.spec, stated]).apply(([spec, it]) => serviceDigest(spec, it));
}

/** Makes an update of a Service end when its controller has reconciled it, and fail when the controller rejects it. */
export class ControllerSync {
  readonly #args: ControllerSyncArgs;
  /** The Service before this update changed it. */
  #before: Snapshot | undefined;

  constructor(args: ControllerSyncArgs) {
    this.#args = args;
  }

  /**
   * Options of the Service: how long to wait for its address, and a hook that shows the controller's reason beside the
   * provider's error if no address is assigned.
   *
   * @param refusals - hooks that may reject an update before that
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
      const where = await serviceNameOf(newInputs);
      // If the Service cannot be read, the record's hook reports it.
      this.#before = await this.#look(where).catch(() => undefined);
    });
    const refused = new pulumi.ErrorHook(
      hookName(`${name}-refused`),
      async ({ newInputs, oldOutputs }) => {
        // A deletion has no new inputs.
        if (newInputs === undefined) {
          await explainFailedDeletion(this.#args.component, oldOutputs);
          return false;
        }
        const look = async () =>
          observationOf(await this.#look(await serviceNameOf(newInputs)), this.#before);
        await explainMissingAddress(look, this.#args);
        return false;
      },
    );
    return { customTimeouts, hooks: { beforeUpdate: [...refusals, before], onError: [refused] } };
  }

  /**
   * Records that the controller has reconciled the Service. The record's hooks wait for that before it is written.
   * Until then every update checks again; afterwards, only an update on which the controller has to act does.
   *
   * @param digest - the Service's digest
   * @returns the record, if there is one
   */
  record(service: Service, digest: pulumi.Output<string>): readonly pulumi.Resource[] {
    const { component, dialect, name, seconds, subject } = this.#args;
    if (seconds === 0) {
      return [];
    }
    const gate = createGate<SyncRecord>({
      component,
      name: `${name}-controller-sync`,
      input: {
        namespace: service.metadata.namespace,
        name: service.metadata.name,
        uid: service.metadata.uid,
        digest,
      },
      after: [service],
      failure: `Cannot update ${subject}`,
      verify: async (record, { progress }) => {
        const look = async () => observationOf(await this.#look(record), this.#before);
        const { evidence, name: controller } = dialect;
        await awaitControllerSync(look, record.uid, { controller, evidence, progress, seconds });
      },
    });
    return [gate];
  }

  async #look(where: ServiceName): Promise<Snapshot> {
    return await takeSnapshot(await connectionOf(this.#args.component), where);
  }
}
