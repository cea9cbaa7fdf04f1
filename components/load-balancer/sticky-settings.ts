import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks, hookName } from "../cluster/engine-hooks.ts";
import { Checks, type Finding, isRecord } from "../validation/checks.ts";
import type { Subject } from "../validation/errors.ts";
import { lookInto, type Seen } from "../validation/secrets/secret-inputs.ts";
import { HIDDEN } from "../validation/secrets/without-secrets.ts";
import type { LoadBalancerDialect, WrittenService } from "./contract/dialect.ts";

/**
 * Hooks of a load balancer's Service that refuse, in preview too, an update after which the cloud would keep what is no
 * longer asked.
 */
export function refusingWhatStays(
  subject: Subject,
  { keptFindings }: LoadBalancerDialect,
): pulumi.ResourceHook[] {
  if (keptFindings === undefined || !engineRunsHooks()) {
    return [];
  }
  const hook = new pulumi.ResourceHook(
    hookName(`${subject.type}-${subject.name}-kept`),
    (change) => refuseWhatStays(subject, keptFindings, change),
    { onDryRun: true },
  );
  return [hook];
}

/** Refuses one update. */
export async function refuseWhatStays(
  subject: Subject,
  keptFindings: NonNullable<LoadBalancerDialect["keptFindings"]>,
  change: Pick<pulumi.ResourceHookArgs, "newInputs" | "oldInputs" | "oldOutputs">,
): Promise<void> {
  const [before, after] = [await written(change.oldInputs), await written(change.newInputs)];
  // The ports of nodes are the API server's.
  const { ports } = await written(change.oldOutputs);
  const secret = before.isSecret || after.isSecret;
  const checks = new Checks(subject);
  const findings = keptFindings({ ...before, ports }, after);
  checks.gate(undefined, () => (secret ? findings.map(withoutKey) : findings), secret);
  checks.done();
}

/** A finding about something secret: its key may be in the secret, too. */
function withoutKey({ path, ...finding }: Finding): Finding {
  return { ...finding, path: path.replace(/\[".*"\]$/, `["${HIDDEN}"]`) };
}

/** What a Service says. Where one part of it is secret, the engine hands all that stands beside it over as secret. */
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
