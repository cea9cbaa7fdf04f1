import { KubeConfig } from "@kubernetes/client-node";
import { beforeAll, describe, expect, test } from "vitest";
import { core, paths } from "./rig.ts";
import { strictDryRun } from "./strict-dry-run.ts";

const config = new KubeConfig();
config.loadFromFile(paths.kubeconfig);

const namespace = "strict-dry-run";

beforeAll(async () => {
  const labels = {
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
  await core.createNamespace({ body: { metadata: { name: namespace, labels } } });
});

const deployment = (podSpec: object, fields: object = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace },
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: podSpec },
    ...fields,
  },
});

const plain = { containers: [{ name: "web", image: "nginx:1.29" }] };
const restricted = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  containers: [
    {
      name: "web",
      image: "nginx:1.29",
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    },
  ],
};

describe("strictDryRun", () => {
  test("strictDryRun: accepts without a warning and keeps nothing when an object is sound", async () => {
    expect(await strictDryRun(config, deployment(restricted))).toEqual({
      accepted: true,
      warnings: [],
    });
    expect(await strictDryRun(config, deployment(restricted))).toMatchObject({ accepted: true });
  });

  test("strictDryRun: fails naming the field when one is misspelt", async () => {
    const misspelt = deployment(restricted, { minReadySecond: 5 });

    expect(await strictDryRun(config, misspelt)).toEqual({
      accepted: false,
      message: expect.stringContaining('unknown field "spec.minReadySecond"'),
      warnings: [],
    });
  });

  test("strictDryRun: fails with the rule when a value breaks one", async () => {
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "web", namespace },
      spec: { ports: [{ port: 70_000 }] },
    };

    expect(await strictDryRun(config, service)).toEqual({
      accepted: false,
      message: expect.stringContaining("must be between 1 and 65535"),
      warnings: [],
    });
  });

  test("strictDryRun: hands on the warning when Pod Security would refuse the Pods", async () => {
    const { accepted, warnings } = await strictDryRun(config, deployment(plain));

    expect(accepted).toBe(true);
    expect(warnings).toEqual([expect.stringContaining('would violate PodSecurity "restricted')]);
    expect(warnings[0]).toContain('container "web" must set');
  });

  test("strictDryRun: hands on the warning when a kind is deprecated", async () => {
    const endpoints = {
      apiVersion: "v1",
      kind: "Endpoints",
      metadata: { name: "web", namespace },
    };

    expect(await strictDryRun(config, endpoints)).toEqual({
      accepted: true,
      warnings: [expect.stringContaining("v1 Endpoints is deprecated")],
    });
  });

  test("strictDryRun: fails when the server has no such kind", async () => {
    const unknown = { apiVersion: "apps/v1", kind: "Deploymnt", metadata: { name: "web" } };

    await expect(strictDryRun(config, unknown)).rejects.toThrow(
      "The API server has no Deploymnt in apps/v1",
    );
  });
});
