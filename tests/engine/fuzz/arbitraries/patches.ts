import fc from "fast-check";
import type { BackendArgs, PatchesArgs, ServicePatchesArgs } from "../../../../components/index.ts";
import { fields, never, textsBy } from "./fields.ts";
import { whole } from "./numbers.ts";
import { portsOf } from "./ports.ts";
import { mostPods } from "./scale.ts";
import { annotationKey, anyString, labelValue } from "./texts.ts";

/** More metadata, which every object takes. */
const metadata = fc.record({
  metadata: fc.record({ annotations: textsBy(annotationKey, anyString) }),
});

const labels = fc.record({ metadata: fc.record({ labels: fc.record({ tier: labelValue }) }) });

const deployment = fc.oneof(
  metadata,
  fc.record({ spec: fc.record({ revisionHistoryLimit: whole(0, 2 ** 31 - 1) }) }),
  fc.constant({ spec: { template: { spec: { terminationGracePeriodSeconds: 3600 } } } }),
  fc.constant({ spec: { progressDeadlineSeconds: null, paused: true } }),
  labels,
);

/** Changes to the Service of an entrance. */
export const servicePatches = fields<ServicePatchesArgs>(
  {},
  {
    service: fc.oneof(
      metadata,
      labels,
      fc.record({ spec: fc.record({ publishNotReadyAddresses: fc.boolean() }) }),
    ),
  },
);

/** Changes to those of a Backend's objects that there are. */
export function patches(args: BackendArgs): fc.Arbitrary<PatchesArgs> {
  const { autoscaling, networkPolicy, podDisruptionBudget, secretEnv = {} } = args;
  const when = (there: boolean) => (there ? metadata : never);
  return fields<PatchesArgs>(
    {},
    {
      deployment,
      service: when(portsOf(args).some(({ port }) => port !== undefined)),
      headlessService: when(args.headlessServiceName !== undefined),
      serviceAccount: when(args.serviceAccountName === undefined),
      secret: when(Object.keys(secretEnv).length > 0),
      networkPolicy: when(networkPolicy !== false),
      podDisruptionBudget: when(podDisruptionBudget !== false && mostPods(args) > 1),
      horizontalPodAutoscaler: when(autoscaling !== undefined),
    },
  );
}
