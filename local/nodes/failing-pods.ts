/** The annotation by which a Pod is told to fail on a simulated node, where every other one becomes ready. */
export const FAILURE = "simulated.node/failure";

interface Failure {
  /** The Pod's phase, as a real kubelet reports it. */
  readonly phase: string;
  /** The state of each container, as YAML. */
  readonly container: string;
}

const FAILURES: Readonly<Record<string, Failure>> = {
  ImagePullBackOff: {
    phase: "Pending",
    container: `restartCount: 0
        state:
          waiting:
            reason: ImagePullBackOff
            message: {{ printf "Back-off pulling image %s" .image | Quote }}`,
  },
  CrashLoopBackOff: {
    phase: "Running",
    container: `restartCount: 3
        lastState:
          terminated:
            exitCode: 1
            reason: Error
            startedAt: {{ $now | Quote }}
            finishedAt: {{ $now | Quote }}
        state:
          waiting:
            reason: CrashLoopBackOff
            message: back-off 40s restarting failed container`,
  },
  NotReady: {
    phase: "Running",
    container: `restartCount: 0
        state:
          running:
            startedAt: {{ $now | Quote }}`,
  },
};

/** Stages in which a Pod with the annotation ends up failing, instead of ready. */
export function failureStages(): readonly object[] {
  return Object.entries(FAILURES).map(([failure, reported]) => ({
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name: `pod-${failure.toLowerCase()}` },
    spec: {
      resourceRef: { apiGroup: "v1", kind: "Pod" },
      selector: {
        matchExpressions: [
          { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
          { key: `.metadata.annotations["${FAILURE}"]`, operator: "In", values: [failure] },
          { key: ".status.phase", operator: "In", values: ["Pending"] },
          { key: ".status.containerStatuses", operator: "DoesNotExist" },
        ],
      },
      next: { statusTemplate: statusTemplate(reported) },
    },
  }));
}

/** What keeps a Pod with the annotation out of the stage in which it would become ready. */
export const notFailing = {
  key: `.metadata.annotations["${FAILURE}"]`,
  operator: "DoesNotExist",
};

function statusTemplate({ container, phase }: Failure): string {
  return `{{ $now := Now }}
      conditions:
      - type: Initialized
        status: "True"
        lastTransitionTime: {{ $now | Quote }}
      - type: Ready
        status: "False"
        reason: ContainersNotReady
        lastTransitionTime: {{ $now | Quote }}
      - type: ContainersReady
        status: "False"
        reason: ContainersNotReady
        lastTransitionTime: {{ $now | Quote }}
      containerStatuses:
      {{ range .spec.containers }}
      - name: {{ .name | Quote }}
        image: {{ .image | Quote }}
        ready: false
        ${container}
      {{ end }}
      {{ with PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
      podIP: {{ index . 0 | Quote }}
      podIPs:
      {{ range . }}
      - ip: {{ . | Quote }}
      {{ end }}
      {{ end }}
      phase: ${phase}
      startTime: {{ $now | Quote }}
`;
}
