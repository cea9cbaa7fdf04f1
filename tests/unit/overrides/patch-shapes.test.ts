import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { backendOf, deploymentOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const pod = (spec: object) => ({ deployment: { spec: { template: { spec } } } });
const container = (fields: object) => pod({ containers: [{ name: "web", ...fields }] });
const env = (...list: object[]) => container({ env: list });
const volume = (fields: object) => pod({ volumes: [{ name: "more", ...fields }] });

const CONTAINER = "deployment.spec.template.spec.containers[0]";
const POD = "deployment.spec.template.spec";
const needs = "must be stated: Kubernetes needs it";

describe("patches by the API's document", () => {
  test.each<[object, string]>([
    [
      { deployment: { spec: { replica: 3 } } },
      "deployment.spec.replica is 3, must not be set: DeploymentSpec of Kubernetes 1.36 has no such field; did you mean replicas?",
    ],
    [
      container({ livenessprobe: {} }),
      `${CONTAINER}.livenessprobe is an object, must not be set: Container of Kubernetes 1.36 has no such field; did you mean livenessProbe?`,
    ],
    [
      { podDisruptionBudget: { spec: { minimum: 1 } } },
      "podDisruptionBudget.spec.minimum is 1, must not be set: PodDisruptionBudgetSpec of Kubernetes 1.36 has no such field; there is maxUnavailable, minAvailable, selector, unhealthyPodEvictionPolicy",
    ],
    [container({ tty: "true" }), `${CONTAINER}.tty is "true", must be true or false`],
    [
      pod({ terminationGracePeriodSeconds: "60" }),
      `${POD}.terminationGracePeriodSeconds is "60", must be a whole number`,
    ],
    [
      { deployment: { spec: { revisionHistoryLimit: 2 ** 31 } } },
      "deployment.spec.revisionHistoryLimit is 2147483648, must be a whole number of 32 bits",
    ],
    [
      { deployment: { spec: { revisionHistoryLimit: -1 } } },
      "deployment.spec.revisionHistoryLimit is -1, must not be negative",
    ],
    [container({ command: "run" }), `${CONTAINER}.command is refused, must be a list`],
    [pod({ nodeSelector: ["a"] }), `${POD}.nodeSelector is a list, must be an object`],
    [
      container({ imagePullPolicy: "always" }),
      `${CONTAINER}.imagePullPolicy is "always", must be Always or IfNotPresent or Never`,
    ],
    [
      container({ resources: { limits: { cpu: "1 core" } } }),
      `${CONTAINER}.resources.limits.cpu is "1 core", must be a quantity, such as "500m" or "1Gi"`,
    ],
    [
      container({ readinessProbe: { httpGet: { path: "/", port: null } } }),
      `${CONTAINER}.readinessProbe.httpGet.port is undefined, must be stated: HTTPGetAction of Kubernetes needs it`,
    ],
    [
      volume({ configMap: { items: [{ key: "a" }], name: "files" } }),
      `${POD}.volumes[0].configMap.items[0].path is undefined, must be stated: KeyToPath of Kubernetes needs it`,
    ],
    [volume({ secret: {} }), `${POD}.volumes[0].secret.secretName is undefined, ${needs}`],
    [
      container({ startupProbe: { periodSeconds: 5 } }),
      `${CONTAINER}.startupProbe is an object, must have exec or grpc or httpGet or tcpSocket: Kubernetes needs one of them`,
    ],
    [
      env({ name: "B", valueFrom: {} }),
      `${CONTAINER}.env[0].valueFrom is an object, must have configMapKeyRef or fieldRef or fileKeyRef or resourceFieldRef or secretKeyRef: Kubernetes needs one of them`,
    ],
    [
      { networkPolicy: { spec: { ingress: [{ from: [{}] }] } } },
      "networkPolicy.spec.ingress[0].from[0] is an object, must have ipBlock or namespaceSelector or podSelector: Kubernetes needs one of them",
    ],
    [
      {
        networkPolicy: {
          spec: { ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" }, podSelector: {} }] }] },
        },
      },
      'networkPolicy.spec.ingress[0].from[0] is "ipBlock and podSelector", must be one field: Kubernetes accepts only one of them',
    ],
    [
      { networkPolicy: { spec: { ingress: [{ ports: [{ endPort: 90, port: "http" }] }] } } },
      "networkPolicy.spec.ingress[0].ports[0].endPort is 90, must not be set unless port is a number",
    ],
    [
      { service: { spec: { loadBalancerSourceRanges: ["10.0.0.0/8"] } } },
      "service.spec.loadBalancerSourceRanges is a list, must not be set unless type is LoadBalancer",
    ],
    [
      { podDisruptionBudget: { spec: { minAvailable: "half" } } },
      'podDisruptionBudget.spec.minAvailable is "half", must be a number, or a percentage such as "25%"',
    ],
    [
      container({ volumeMounts: [{ name: "no", mountPath: "/no" }] }),
      `${CONTAINER}.volumeMounts[0].name is "no", must be a volume of the Pod`,
    ],
    [
      container({ resources: { requests: { memory: "1Ti" } } }),
      `${CONTAINER}.resources.requests.memory is "1Ti", must be at most the limit "256Mi"`,
    ],
    [
      container({ resources: { limits: { cpu: 0.001 } } }),
      `${CONTAINER}.resources.limits.cpu is 0.001, must be at least the request "100m"`,
    ],
    [
      container({ resources: pulumi.secret({ limits: { cpu: "1" }, requests: { cpu: "2" } }) }),
      `${CONTAINER}.resources.requests.cpu is refused, must be at most the limit`,
    ],
    [
      container({ volumeDevices: [{ name: "tmp", devicePath: "/dev/a" }] }),
      `${CONTAINER}.volumeDevices[0].name is "tmp", must be a claim among the volumes of the Pod, which the container does not mount`,
    ],
    [
      pod({ tolerations: [{ effect: "NoSchedule" }] }),
      `${POD}.tolerations[0].operator is undefined, must be Exists: there is no key`,
    ],
    [
      { deployment: { metadata: { uid: "a" } } },
      'deployment.metadata.uid is "a", must not be set: the API server sets it',
    ],
  ])("Backend: refuses %j", async (patches, message) => {
    expect(await refusalOf({ patches })).toBe(`args.patches.${message}`);
  });

  test.each<[object, string]>([
    [
      { deployment: { spec: { revisionHistoryLimit: later("3") } } },
      'deployment.spec.revisionHistoryLimit is "3", must be a whole number of 32 bits',
    ],
    [
      container({ lifecycle: { postStart: later({ exec: {} }) } }),
      `${CONTAINER}.lifecycle.postStart.exec.command is undefined, ${needs}`,
    ],
    [
      pod({ nodeSelector: later({ disk: 1 }) }),
      `${POD}.nodeSelector.disk is 1, must be a string; put quotes around it`,
    ],
  ])("Backend: refuses %j when it is known", async (patches, message) => {
    expect(await refusalOf({ patches })).toBe(`args.patches.${message}`);
  });

  test("Backend: takes what the API takes", async () => {
    const patch = pod({
      hostUsers: false,
      priority: -1,
      securityContext: { supplementalGroups: [1000] },
      tolerations: [{ operator: "Exists" }],
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "a", operator: "In", values: ["b"] }] },
            ],
          },
        },
      },
      imagePullSecrets: [{ name: "more" }],
    });

    const { spec } = await deploymentOf({ patches: patch });

    expect(spec.template.spec).toMatchObject(patch.deployment.spec.template.spec);
  });

  test.each<[string, object, object?]>([
    [
      "a rollout without its type",
      { deployment: { spec: { strategy: later({ rollingUpdate: { maxSurge: 2 } }) } } },
    ],
    [
      "a rollout whose type is null",
      { deployment: { spec: { strategy: { type: null, rollingUpdate: { maxSurge: 2 } } } } },
    ],
    [
      "the policy of external addresses",
      { service: { spec: { externalIPs: ["203.0.113.4"], externalTrafficPolicy: "Local" } } },
    ],
    [
      "base64 with line ends",
      { secret: { data: { A: "aGVsbG8g\r\nd29ybGQ=\n" } } },
      { secretEnv: { A: "1" } },
    ],
    [
      "an empty value beside its source",
      env({ name: "B", value: "", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }),
    ],
    [
      "an empty subPath beside an expression",
      container({
        volumeMounts: [{ name: "tmp", mountPath: "/b", subPath: "", subPathExpr: "b" }],
      }),
    ],
  ])("Backend: takes %s", async (_, patches, more = {}) => {
    await expect(backendOf({ ...more, patches })).resolves.toBeDefined();
  });

  test.each<[object, string]>([
    [
      { type: "Recreate", rollingUpdate: { maxSurge: 2 } },
      "rollingUpdate is an object, must not be set unless type is RollingUpdate; set that too",
    ],
    [
      later({ type: "Recreate", rollingUpdate: { maxSurge: 2 } }),
      "rollingUpdate is an object, must not be set unless type is RollingUpdate; set that too",
    ],
  ])("Backend: refuses a rollout beside another type", async (strategy, message) => {
    expect(await refusalOf({ patches: { deployment: { spec: { strategy } } } })).toBe(
      `args.patches.deployment.spec.strategy.${message}`,
    );
  });

  test("Backend: refuses the policy of external addresses when there are none", async () => {
    const spec = { externalIPs: [], externalTrafficPolicy: "Local" };

    expect(await refusalOf({ patches: { service: { spec } } })).toBe(
      'args.patches.service.spec.externalTrafficPolicy is "Local", must not be set unless type is LoadBalancer or NodePort, or externalIPs has an address',
    );
  });

  test.each<[unknown, string]>([
    [1, "1, must be a string; put quotes around it"],
    [true, "true, must be a string; put quotes around it"],
    [{}, "an object, must be a string"],
    [["a"], "a list, must be a string"],
  ])("Backend: wants a string and not %j", async (value, message) => {
    expect(await refusalOf({ patches: pod({ hostname: value }) })).toBe(
      `args.patches.${POD}.hostname is ${message}`,
    );
  });

  const unstated: readonly [string, (it: unknown) => unknown][] = [
    ["plain", (it) => it],
    ["late", later],
  ];
  test.each(unstated)(
    "Backend: leaves what a patch has undefined as it was: %s",
    async (_, given) => {
      const { spec } = await deploymentOf({
        env: { A: "1" },
        patches: {
          service: undefined,
          deployment: {
            metadata: { labels: { tier: given(undefined) } },
            spec: {
              progressDeadlineSeconds: given(undefined),
              template: {
                spec: {
                  nodeSelector: given(undefined),
                  tolerations: given([undefined, { key: "a", operator: "Exists" }]),
                  containers: [
                    undefined,
                    {
                      name: "web",
                      env: [{ name: "A", value: given(undefined), valueFrom: undefined }],
                      resources: given(undefined),
                      readinessProbe: { periodSeconds: 3, timeoutSeconds: given(undefined) },
                    },
                  ],
                  volumes: [undefined],
                },
              },
            },
          },
        },
      });
      const plain = await deploymentOf({ env: { A: "1" } });

      const before = plain.spec.template.spec;
      const after = spec.template.spec;
      expect(spec.progressDeadlineSeconds).toBe(plain.spec.progressDeadlineSeconds);
      expect(after.nodeSelector).toEqual(before.nodeSelector);
      expect(after.tolerations).toEqual([{ key: "a", operator: "Exists" }]);
      expect(after.containers).toHaveLength(1);
      expect(after.containers[0].env).toEqual([{ name: "A", value: "1" }]);
      expect(after.containers[0].resources).toEqual(before.containers[0].resources);
      expect(after.containers[0].readinessProbe).toEqual({
        ...before.containers[0].readinessProbe,
        periodSeconds: 3,
      });
    },
  );

  test("Backend: counts the undefined items of a list in a path", async () => {
    const env = [undefined, { name: "A", value: "1" }, undefined, { name: "A", value: "2" }];

    expect(await refusalOf({ patches: container({ env }) })).toBe(
      `args.patches.${CONTAINER}.env[3] is an object, must differ from args.patches.${CONTAINER}.env[1] in name, or Kubernetes takes both for one`,
    );
  });

  test.each<[string, unknown]>([
    ["null", null],
    ["late", later({ name: "web" })],
  ])("Backend: refuses a container that is %s", async (_, item) => {
    expect(await refusalOf({ patches: pod({ containers: [item] }) })).toMatch(
      /containers\[0\] is .*must be an object/,
    );
  });

  test.each([["1 2 3 "], [7]])("Backend: shows no value of a Secret: %j", async (value) => {
    const patches = { secret: { data: { PASSWORD: value } } };

    const message = await refusalOf({ secretEnv: { PASSWORD: "1" }, patches });

    expect(message).toBe("args.patches.secret.data.PASSWORD is refused, must be base64");
  });

  test("Backend: shows no value of a variable", async () => {
    expect(await refusalOf({ patches: env({ name: "PIN", value: 1234 }) })).toBe(
      `args.patches.${CONTAINER}.env[0].value is refused, must be a string; put quotes around it`,
    );
  });

  test("Backend: takes a Secret's values that are right", async () => {
    const run = await backendOf({
      secretEnv: { A: "1" },
      patches: { secret: { data: { B: "Yg==" }, type: "Opaque", immutable: true } },
    });

    expect(run.resource("Secret", "web-secret").inputs).toMatchObject({
      type: "Opaque",
      immutable: true,
    });
  });
});
