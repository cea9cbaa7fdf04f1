import * as pulumi from "@pulumi/pulumi";
import { engineRunsHooks, hookName } from "../engine-hooks.ts";
import type { Subject } from "../errors.ts";
import { Checks, isRecord } from "../validation.ts";
import type { LoadBalancerDialect, WrittenService } from "./dialect.ts";

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
    ({ newInputs, oldInputs }) => {
      const checks = new Checks(subject);
      for (const { must, path, value } of keptFindings(written(oldInputs), written(newInputs))) {
        checks.report(path, value, must);
      }
      checks.done();
    },
    { onDryRun: true },
  );
  return [hook];
}

function written(inputs: unknown): WrittenService {
  const { metadata, spec } = isRecord(inputs) ? inputs : {};
  const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
  const ports = isRecord(spec) ? spec["ports"] : undefined;
  return {
    annotations: isRecord(annotations) ? annotations : {},
    ports: Array.isArray(ports) ? ports : [],
  };
}
