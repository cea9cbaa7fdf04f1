import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks, hookName } from "../cluster/engine-hooks.ts";
import type { Checks, Rule } from "../validation/checks.ts";
import { InvalidArgsError, type Subject } from "../validation/errors.ts";
import { lookInto } from "../validation/secrets/secret-inputs.ts";
import type { AdoptArgs } from "./adopt-args.ts";
import { annotated, type Described } from "./annotated.ts";

/** What can be adopted, by argument. */
const KINDS = {
  deploymentUrn: {
    kind: "Deployment",
    type: "kubernetes:apps/v1:Deployment",
    fixed: "metadata.name, metadata.namespace and spec.selector",
  },
  serviceUrn: {
    kind: "Service",
    type: "kubernetes:core/v1:Service",
    // The import records the address that the API server has chosen as if the program had.
    fixed:
      "metadata.name, metadata.namespace, the annotations that make a load balancer and, after pulumi import, spec.clusterIP, which args.patches.service may state",
  },
} as const;

/** Takes over fields that other programs own; the API server rejects the update otherwise. */
const TAKE_OVER = { "pulumi.com/patchForce": "true" };

/** Reads which existing objects the component adopts. */
export function readAdopt(checks: Checks, given: AdoptArgs | undefined): AdoptArgs {
  const adopt = given === undefined ? {} : checks.object("args.adopt", given);
  for (const [key, { type }] of Object.entries(KINDS)) {
    const urn = adopt[key as keyof AdoptArgs];
    if (urn !== undefined) {
      checks.plain(`args.adopt.${key}`, urn, urnOf(type));
    }
  }
  return adopt;
}

/**
 * The manifest and the options of a child. They are unchanged if nothing is adopted. Otherwise the child becomes the
 * resource with that URN; if the engine would create a new one instead, the update fails before anything is deleted.
 */
export function adoptedChild<Manifest extends Described>(
  subject: Subject,
  adopt: AdoptArgs,
  key: keyof AdoptArgs,
  manifest: Manifest,
  options: pulumi.CustomResourceOptions,
): [Manifest, pulumi.CustomResourceOptions] {
  const urn = adopt[key];
  if (urn === undefined) {
    return [manifest, options];
  }
  return [
    annotated(manifest, (own) => ({ ...own, ...TAKE_OVER })),
    {
      ...options,
      aliases: [urn],
      // Deleted first, it would be gone before it can be refused.
      deleteBeforeReplace: false,
      ...(engineRunsHooks()
        ? { hooks: { ...options.hooks, beforeCreate: [refusal(subject, key, urn)] } }
        : {}),
    },
  ];
}

function refusal(subject: Subject, key: keyof AdoptArgs, urn: string): pulumi.ResourceHook {
  const { fixed, kind } = KINDS[key];
  return new pulumi.ResourceHook(
    hookName(`${subject.type}-${subject.name}-${key}`),
    async ({ newInputs }) => {
      const { value } = await lookInto(pulumi.output(newInputs?.["metadata"]));
      const { name, namespace } = Object(value);
      const must = `must be a ${kind} of this stack that becomes "${namespace}/${name}" without a replacement, another one would be created; compare the URN, ${fixed}, or do not set it if there is nothing to adopt`;
      const message = `is ${JSON.stringify(urn)}, ${must}`;
      throw new InvalidArgsError(subject, [{ path: `args.adopt.${key}`, message }]);
    },
    { onDryRun: true },
  );
}

function urnOf(type: string): Rule {
  const [stack, project] = [pulumi.getStack(), pulumi.getProject()];
  const must = `must be the URN of a ${type} in stack "${stack}" of project "${project}", such as urn:pulumi:${stack}::${project}::${type}::web`;
  return (value) => {
    const [head, owner, types, name] = typeof value === "string" ? value.split("::") : [];
    const right = head === `urn:pulumi:${stack}` && owner === project && name;
    return right && types?.split("$").at(-1) === type ? undefined : must;
  };
}
