import { backendMade, backendRefused, type Row } from "./row.ts";

const deployment = (spec: object) => ({ patches: { deployment: { spec } } });
const container = (fields: object) =>
  deployment({ template: { spec: { containers: [{ name: "web", ...fields }] } } });
const budget = (spec: object) => ({ patches: { podDisruptionBudget: { spec } } });
const autoscaler = (spec: object) => ({
  autoscaling: { minReplicas: 2, maxReplicas: 4 },
  patches: { horizontalPodAutoscaler: { spec } },
});
const exec = { command: ["true"] };
const httpGet = { path: "/stop", port: 8080 };
const claim = (accessMode?: string, more: object = {}) => ({
  autoscaling: { minReplicas: 2, maxReplicas: 4 },
  volumes: [
    {
      name: "d",
      mountPath: "/d",
      persistentVolumeClaimName: "d",
      ...(accessMode && { accessMode }),
      ...more,
    },
  ],
});
const NOT_SHARED = "must not be set with a volume that is a claim";

/** What users' programs made with patches and with claims that are shared. */
export const patches: readonly Row[] = [
  {
    id: "B1",
    reported: backendMade(
      "Recreate has no figures of a rolling update",
      deployment({ strategy: { type: "Recreate" } }),
      "deployment",
      {
        spec: { strategy: { rollingUpdate: undefined } },
      },
    ),
    neighbours: [
      backendMade(
        "also where figures were stated",
        { maxSurge: 2, ...deployment({ strategy: { type: "Recreate" } }) },
        "deployment",
        {
          spec: { strategy: { rollingUpdate: undefined } },
        },
      ),
      backendMade("Recreate by an argument", { strategy: "Recreate" }, "deployment", {
        spec: { strategy: { type: "Recreate" } },
      }),
      backendRefused(
        "figures beside Recreate",
        deployment({ strategy: { type: "Recreate", rollingUpdate: { maxSurge: 1 } } }),
        "unless type is",
      ),
      backendRefused(
        "a figure beside Recreate, by arguments",
        { strategy: "Recreate", maxSurge: 1 },
        "the strategy is Recreate",
      ),
    ],
  },
  {
    id: "B2",
    reported: backendMade(
      "a command before the stop takes the place of the sleep",
      container({ lifecycle: { preStop: { exec } } }),
      "container",
      {
        lifecycle: { preStop: { exec, sleep: undefined } },
      },
    ),
    neighbours: [
      backendMade(
        "a request does",
        container({ lifecycle: { preStop: { httpGet } } }),
        "container",
        { lifecycle: { preStop: { httpGet, sleep: undefined } } },
      ),
      backendMade(
        "another sleep stays one",
        container({ lifecycle: { preStop: { sleep: { seconds: 3 } } } }),
        "container",
        { lifecycle: { preStop: { sleep: { seconds: 3 } } } },
      ),
      backendRefused(
        "two of them",
        container({ lifecycle: { preStop: { exec, httpGet } } }),
        "must be one field",
      ),
      backendMade(
        "one of postStart stands beside",
        container({ lifecycle: { postStart: { exec } } }),
        "container",
        { lifecycle: { postStart: { exec }, preStop: { sleep: {} } } },
      ),
    ],
  },
  {
    id: "B3",
    reported: backendMade(
      "a command takes the place of the request of a probe",
      container({ readinessProbe: { exec } }),
      "container",
      {
        readinessProbe: { exec, httpGet: undefined },
      },
    ),
    neighbours: [
      backendMade(
        "a connection does",
        container({ readinessProbe: { tcpSocket: { port: 8080 } } }),
        "container",
        { readinessProbe: { tcpSocket: { port: 8080 }, httpGet: undefined } },
      ),
      backendMade(
        "gRPC does",
        container({ readinessProbe: { grpc: { port: 8080 } } }),
        "container",
        { readinessProbe: { grpc: { port: 8080 }, httpGet: undefined } },
      ),
      backendMade(
        "a variable from a Secret takes the place of a value",
        {
          env: { A: "x" },
          ...container({
            env: [{ name: "A", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }],
          }),
        },
        "container",
        { env: [{ name: "A", value: undefined }] },
      ),
      backendRefused(
        "two handlers",
        container({ readinessProbe: { exec, grpc: { port: 1 } } }),
        "must be one field",
      ),
      backendMade(
        "a volume's other source",
        deployment({
          template: { spec: { volumes: [{ name: "tmp", hostPath: { path: "/a" } }] } },
        }),
        "pod",
        { volumes: [{ name: "tmp", emptyDir: undefined, hostPath: { path: "/a" } }] },
      ),
    ],
  },
  {
    id: "B4",
    reported: backendMade(
      "minAvailable takes the place of maxUnavailable",
      budget({ minAvailable: 1 }),
      "budget",
      { spec: { minAvailable: 1, maxUnavailable: undefined } },
    ),
    neighbours: [
      backendMade(
        "and the other way round",
        { disruptionBudget: { minAvailable: 1 }, ...budget({ maxUnavailable: 1 }) },
        "budget",
        { spec: { minAvailable: undefined, maxUnavailable: 1 } },
      ),
      backendRefused(
        "both, by a patch",
        budget({ minAvailable: 1, maxUnavailable: 1 }),
        "must be one field",
      ),
      backendRefused(
        "both, by arguments",
        { disruptionBudget: { minAvailable: 1, maxUnavailable: 1 } },
        "must have exactly one of",
      ),
      backendMade(
        "the target of an autoscaler's metric is another one",
        autoscaler({
          metrics: [
            {
              type: "Resource",
              resource: { name: "cpu", target: { type: "AverageValue", averageValue: "1" } },
            },
          ],
        }),
        "autoscaler",
        {
          spec: {
            metrics: [
              { resource: { target: { averageValue: "1", averageUtilization: undefined } } },
            ],
          },
        },
      ),
    ],
  },
  {
    id: "B5",
    reported: backendMade(
      "an autoscaler with a claim of all nodes",
      claim("ReadWriteMany"),
      "deployment",
      { spec: { strategy: { type: "RollingUpdate" } } },
    ),
    neighbours: [
      backendMade(
        "with one that all nodes read",
        claim("ReadOnlyMany", { readOnly: true }),
        "deployment",
        { spec: { strategy: { type: "RollingUpdate" } } },
      ),
      backendRefused("with one of a single node, and the text names the way", claim(), NOT_SHARED),
      backendMade(
        "the text is followed: the Pods may be replaced all at once",
        { ...claim(), strategy: "Recreate", replicas: 2, autoscaling: undefined },
        "deployment",
        { spec: { strategy: { type: "Recreate" } } },
      ),
    ],
  },
];
