import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks, hookName } from "../cluster/engine-hooks.ts";
import { Checks, type Finding, isRecord } from "../validation/checks.ts";
import type { Subject } from "../validation/errors.ts";
import { lookInto, type Seen } from "../validation/secrets/secret-inputs.ts";
import { HIDDEN } from "../validation/secrets/without-secrets.ts";
import type { LoadBalancerDialect, WrittenService } from "./contract/dialect.ts";

/**
 * Hooks of a load balancer's Service that reject an update, in preview too, if the cloud would keep a setting that is
 * no longer stated.
 */
export function stickySettingHooks(
  subject: Subject,
  { stickyFindings }: LoadBalancerDialect,
): pulumi.ResourceHook[] {
  if (stickyFindings === undefined || !engineRunsHooks()) {
    return [];
  }
  const hook = new pulumi.ResourceHook(
    hookName(`${subject.type}-${subject.name}-kept`),
    (change) => checkStickySettings(subject, stickyFindings, change),
    { onDryRun: true },
  );
  return [hook];
}

/** Checks one update. */
export async function checkStickySettings(
  subject: Subject,
  stickyFindings: NonNullable<LoadBalancerDialect["stickyFindings"]>,
  change: Pick<pulumi.ResourceHookArgs, "newInputs" | "oldInputs" | "oldOutputs">,
): Promise<void> {
  const [before, after] = [await written(change.oldInputs), await written(change.newInputs)];
  // The API server assigns the node ports.
  const { ports } = await written(change.oldOutputs);
  const secret = before.isSecret || after.isSecret;
  const checks = new Checks(subject);
  const findings = stickyFindings({ ...before, ports }, after);
  checks.gate(undefined, () => (secret ? findings.map(withoutKey) : findings), secret);
  checks.done();
}

/** A finding about a secret value, without its key, which may be part of the secret. */
function withoutKey({ path, ...finding }: Finding): Finding {
  return { ...finding, path: path.replace(/\[".*"\]$/, `["${HIDDEN}"]`) };
}

/**
 * The annotations and ports in a Service's inputs. If one part is secret, the engine passes everything beside it as
 * secret.
 */
async function written(inputs: unknown): Promise<WrittenService & { readonly isSecret: boolean }> {
  const given = isRecord(inputs) ? inputs : {};
  const [metadata, spec] = await Promise.all([seen(given["metadata"]), seen(given["spec"])]);
  return { ...writtenIn(metadata.value, spec.value), isSecret: metadata.isSecret || spec.isSecret };
}

async function seen(input: unknown): Promise<Pick<Seen, "value" | "isSecret">> {
  return pulumi.Output.isInstance(input)
    ? await lookInto(input)
    : { value: input, isSecret: false };
}

function writtenIn(metadata: unknown, spec: unknown): WrittenService {
  const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
  const ports = isRecord(spec) ? spec["ports"] : undefined;
  return {
    annotations: isRecord(annotations) ? annotations : {},
    ports: Array.isArray(ports) ? ports : [],
  };
}
