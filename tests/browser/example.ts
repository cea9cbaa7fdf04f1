import {
  Certainty,
  type Diagnosis,
  type Finding,
  Health,
  Link,
} from "../../where/diagnosis/diagnosis.ts";
import type { ClusterObjects, ClusterState, Pod } from "../../where/state/cluster-state.ts";
import { appObjects, podOf, shopObjects } from "../shared/where/shop.ts";

/** A namespace in which much is wrong: four Services, 33 Pods, two nodes. */
export function example(): ClusterObjects {
  const objects = shopObjects(
    appObjects("my-production-service", podsOf("my-production-service", 4), "LoadBalancer"),
    appObjects("payments", podsOf("payments", 6, brokenPod), "NodePort"),
    unselected(),
    appObjects("search", podsOf("search", 20)),
  );
  return { ...objects, events: Array.from({ length: 8 }, (_, index) => event(index)) };
}

/** A Service whose selector matches no Pod. */
function unselected() {
  const labels = { app: "redis-master" };
  const pods = podsOf("redis", 3).map((pod) => ({ ...pod, metadata: { ...pod.metadata, labels } }));
  const { deployments, endpointSlices, ...others } = appObjects("redis", pods);
  return {
    ...others,
    endpointSlices: endpointSlices.map((slice) => ({ ...slice, endpoints: [] })),
    deployments: deployments.map(({ spec, ...deployment }) => ({
      ...deployment,
      spec: { ...spec, template: { metadata: { labels } } },
    })),
  };
}

function podsOf(app: string, count: number, changes = (_: number): Partial<Pod> => ({})) {
  return Array.from({ length: count }, (_, index) =>
    podOf(app, `${app}${index}`, {
      spec: { nodeName: `node-${1 + (index % 2)}` },
      ...changes(index),
    }),
  );
}

const NOT_READY = [{ type: "Ready", status: "False" }] as const;

function brokenPod(index: number): Partial<Pod> {
  if (index < 2) {
    const waiting = { reason: "CrashLoopBackOff" };
    const containerStatuses = [{ state: { waiting } }];
    return { status: { phase: "Running", conditions: NOT_READY, containerStatuses } };
  }
  if (index === 2) return { metadata: { deletionTimestamp: "2026-11-30T10:00:00Z" } };
  return index === 3 ? { status: { phase: "Pending", conditions: NOT_READY } } : {};
}

function event(index: number) {
  const warning = index % 3 === 0;
  return {
    metadata: { name: `event-${index}`, namespace: "shop", uid: `event-${index}` },
    type: warning ? "Warning" : "Normal",
    reason: warning ? "BackOff" : "Pulled",
    message: warning
      ? "Back-off restarting failed container api"
      : "Container image was already present on the machine",
    count: index + 1,
    lastTimestamp: `2026-11-30T10:0${index}:00Z`,
    involvedObject: { kind: "Pod", name: "payments-payments0", namespace: "shop" },
  };
}

const FINDINGS: Readonly<Record<string, Omit<Finding, "about">>> = {
  payments: {
    cause: "crash-loop",
    link: Link.Pods,
    certainty: Certainty.Broken,
    sentence:
      'Container api of 2 Pods exits with code 1 again and again; its last line: "no DB_URL"',
    fix: "Set DB_URL in Deployment payments",
  },
  redis: {
    cause: "selector-matches-no-pod",
    link: Link.Service,
    certainty: Certainty.Broken,
    sentence: "Selects app=redis; 3 Pods have app=redis-master",
    fix: "Set the selector to app=redis-master",
  },
  search: {
    cause: "policies-not-seen",
    link: Link.Policy,
    certainty: Certainty.NotSeen,
    sentence: "Could not read NetworkPolicies: forbidden",
    fix: "Ask for the right to list networkpolicies",
  },
  "my-production-service": {
    cause: "load-balancer-pending",
    link: Link.LoadBalancer,
    certainty: Certainty.Suspect,
    sentence: "No controller has reported an address for 6 min",
    fix: "Check that a controller serves this class",
  },
};

const VERDICTS: Readonly<Record<Certainty, Health>> = {
  [Certainty.Broken]: Health.Broken,
  [Certainty.Suspect]: Health.Healthy,
  [Certainty.NotSeen]: Health.Unknown,
};

/** The answers for the example. */
export function breakages({ asked }: ClusterState): Diagnosis {
  const finding = FINDINGS[asked.name];
  if (finding === undefined) return { verdict: Health.Healthy, findings: [], checked: [] };
  return {
    verdict: VERDICTS[finding.certainty],
    findings: [{ ...finding, about: [] }],
    checked: [],
  };
}
