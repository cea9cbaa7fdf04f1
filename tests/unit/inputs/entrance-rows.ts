import type { ServiceTargetArgs } from "../../../components/index.ts";
import { ANYTHING_GOES, type InputRow, MUST } from "./input-row.ts";
import { intentRows } from "./intent-rows.ts";

/** A target with every fact that shows in an entrance. */
const target = {
  namespace: "shop",
  selector: { app: "web" },
  ports: [{ name: "http", containerPort: 8080, protocol: "TCP", appProtocol: "http" }],
  drainSeconds: 60,
} as const satisfies ServiceTargetArgs;

/** What an entrance needs of a target's drain. */
interface Need {
  readonly drainSeconds: number;
  readonly reason: string;
}

/** The fields of a NodePortService that take an Input. */
export const nodePortRows: readonly InputRow[] = [
  ...targetRows({
    drainSeconds: 15,
    reason:
      "a node port; let its Pods answer that long after they are told to stop, by a preStop sleep, and state it; a Backend does so with the entrance or with drainSeconds",
  }),
  {
    field: "sessionAffinityTimeoutSeconds",
    given: (value) => ({
      target,
      sessionAffinity: "ClientIP",
      sessionAffinityTimeoutSeconds: value,
    }),
    good: 600,
    shows: { "Service spec sessionAffinityConfig clientIP timeoutSeconds": 600 },
    bad: 0,
    path: "args.sessionAffinityTimeoutSeconds",
    must: "must be an integer from 1 to 86400",
  },
  patchRow(),
];

/** The fields of a LoadBalancerService that take an Input. */
export const loadBalancerRows: readonly InputRow[] = [
  ...targetRows({
    drainSeconds: 60,
    reason:
      "a load balancer of AwsCloudControllerNlb; let its Pods answer that long after they are told to stop, by a preStop sleep, and state it; a Backend does so with the entrance or with drainSeconds",
  }),
  {
    field: "sourceRanges",
    given: (value) => ({ target, sourceRanges: value }),
    good: ["10.0.0.0/8", "192.0.2.0/24"],
    shows: { "Service spec loadBalancerSourceRanges": ["10.0.0.0/8", "192.0.2.0/24"] },
    bad: [],
    path: "args.sourceRanges",
    shown: "an empty list",
    must: 'must list at least one address range: an empty list would admit everyone; use ["0.0.0.0/0"] for that',
  },
  {
    field: "sourceRanges[]",
    given: (value) => ({ target, sourceRanges: ["10.0.0.0/8", value] }),
    good: "192.0.2.0/24",
    shows: { "Service spec loadBalancerSourceRanges 1": "192.0.2.0/24" },
    bad: "192.0.2.1/24",
    path: "args.sourceRanges[1]",
    must: "must be an address range in its canonical form; use 192.0.2.0/24",
  },
  {
    field: "sessionAffinityTimeoutSeconds",
    given: (value) => ({
      target,
      cluster: { controller: "GoogleCloud" },
      sessionAffinity: "ClientIP",
      sessionAffinityTimeoutSeconds: value,
    }),
    good: 600,
    shows: { "Service spec sessionAffinityConfig clientIP timeoutSeconds": 600 },
    bad: 0,
    path: "args.sessionAffinityTimeoutSeconds",
    must: "must be an integer from 1 to 86400",
  },
  ...intentRows,
  patchRow(),
];

/** A patch has to be plain; what stands in it need not be, and only the API server judges it. */
function patchRow(): InputRow {
  return {
    field: "patches.service",
    given: (value) => ({
      target,
      patches: { service: { metadata: { annotations: { note: value } } } },
    }),
    good: "ask first",
    shows: { "Service metadata annotations note": "ask first" },
    bad: ANYTHING_GOES,
    path: "args.patches.service",
    must: "",
  };
}

function targetRows({ drainSeconds, reason }: Need): InputRow[] {
  const [port] = target.ports;
  const field = (
    name: keyof ServiceTargetArgs,
    rest: Omit<InputRow, "field" | "given" | "path">,
  ) => ({
    field: `target.${name}`,
    given: (value: never) => ({ target: { ...target, [name]: value } }),
    path: `args.target.${name}`,
    ...rest,
  });
  const ofPort = {
    "Service spec ports 0 targetPort": port.containerPort,
    "Service spec ports 0 protocol": port.protocol,
    "Service spec ports 0 appProtocol": port.appProtocol,
  };
  return [
    {
      field: "target",
      given: (value) => ({ target: value }),
      good: target,
      shows: {
        "Service metadata namespace": target.namespace,
        "Service spec selector": target.selector,
        ...ofPort,
      },
      bad: { ...target, namespace: "Shop" },
      path: "args.target.namespace",
      shown: '"Shop"',
      must: MUST.namespace,
    },
    field("namespace", {
      good: "other",
      shows: { "Service metadata namespace": "other" },
      bad: "Shop",
      must: MUST.namespace,
    }),
    field("selector", {
      good: { app: "other", tier: "front" },
      shows: { "Service spec selector": { app: "other", tier: "front" } },
      bad: {},
      shown: "an object",
      must: "must be an object of at least one label",
    }),
    field("ports", {
      good: target.ports,
      shows: ofPort,
      bad: [],
      shown: "an empty list",
      must: "must be a list of at least one declared port",
    }),
    field("drainSeconds", {
      good: drainSeconds,
      // It shows in no object; what waits for it is the selector.
      shows: { "Service spec selector": target.selector },
      bad: drainSeconds - 1,
      must: `must be at least ${drainSeconds} for ${reason}`,
    }),
    // An entrance leads to the Pods, not through their own Service.
    field("serviceName", {
      good: "web",
      shows: {},
      bad: ANYTHING_GOES,
      must: "",
    }),
  ];
}
