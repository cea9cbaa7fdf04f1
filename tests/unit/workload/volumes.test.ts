import { expect, test } from "vitest";
import { deploymentOf, podOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const claim = { name: "data", mountPath: "/data", persistentVolumeClaimName: "disk" };

test("Backend: mounts files of every kind when volumes are given", async () => {
  const pod = await podOf({
    volumes: [
      { name: "settings", mountPath: "/etc/web", configMapName: later("look") },
      { name: "keys", mountPath: "/etc/keys", secretName: "keys" },
      { ...claim, readOnly: true },
      { name: "cache", mountPath: "/cache", emptyDirSizeLimit: later("1Gi") },
    ],
  });

  expect(pod.volumes).toEqual([
    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
    { name: "settings", configMap: { name: "look" } },
    { name: "keys", secret: { secretName: "keys" } },
    { name: "data", persistentVolumeClaim: { claimName: "disk" } },
    { name: "cache", emptyDir: { sizeLimit: "1Gi" } },
  ]);
  expect(pod.containers[0].volumeMounts).toEqual([
    { name: "tmp", mountPath: "/tmp" },
    { name: "settings", mountPath: "/etc/web", readOnly: true },
    { name: "keys", mountPath: "/etc/keys", readOnly: true },
    { name: "data", mountPath: "/data", readOnly: true },
    { name: "cache", mountPath: "/cache" },
  ]);
});

test("Backend: has no directory of its own at /tmp when a volume is there", async () => {
  const pod = await podOf({
    volumes: [{ name: "tmp", mountPath: "/tmp", emptyDirSizeLimit: "2Gi" }],
  });

  expect(pod.volumes).toEqual([{ name: "tmp", emptyDir: { sizeLimit: "2Gi" } }]);
  expect(pod.containers[0].volumeMounts).toEqual([{ name: "tmp", mountPath: "/tmp" }]);
});

test("Backend: stops the old Pod first when a volume is a claim", async () => {
  const { spec } = await deploymentOf({ volumes: [claim], runAsGroup: later(20001) });

  expect(spec.strategy).toEqual({ type: "Recreate" });
  expect(spec.replicas).toBe(1);
  expect(spec.template.spec.securityContext).toMatchObject({
    fsGroup: 20001,
    fsGroupChangePolicy: "OnRootMismatch",
  });
  expect(spec.template.spec.containers[0].volumeMounts[1]).toEqual({
    name: "data",
    mountPath: "/data",
  });
});

test("Backend: runs as many Pods as it is told when a volume is a claim", async () => {
  expect((await deploymentOf({ volumes: [claim], replicas: 3 })).spec.replicas).toBe(3);
});

const sources = "configMapName, secretName, persistentVolumeClaimName, emptyDirSizeLimit";
const nameRule =
  'must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit';
test.each([
  [{ volumes: "data" }, 'args.volumes is "data", must be a list of volumes'],
  [{ volumes: ["data"] }, 'args.volumes[0] is "data", must be an object'],
  [
    { volumes: [{ name: "a", mountPath: "/a" }] },
    `args.volumes[0] is an object, must have exactly one of ${sources}`,
  ],
  [
    { volumes: [{ ...claim, secretName: "a" }] },
    `args.volumes[0] is "secretName and persistentVolumeClaimName", must have exactly one of ${sources}`,
  ],
  [
    { volumes: [{ ...claim, name: "Data" }] },
    'args.volumes[0].name is "Data", must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
  ],
  [
    { volumes: [{ ...claim, mountPath: "data" }] },
    'args.volumes[0].mountPath is "data", must be an absolute path without ":", such as /etc/my-backend',
  ],
  [
    { volumes: [{ ...claim, mountPath: "/" }] },
    'args.volumes[0].mountPath is "/", must not end with "/", such as /etc/my-backend',
  ],
  [
    { volumes: [{ ...claim, name: "tmp" }] },
    'args.volumes[0].name is "tmp", must differ from the volume at /tmp',
  ],
  [
    { volumes: [claim, { ...claim, mountPath: "/more" }] },
    'args.volumes[1].name is "data", must differ from args.volumes[0].name',
  ],
  [
    { volumes: [claim, { ...claim, name: "more" }] },
    'args.volumes[1].mountPath is "/data", must differ from args.volumes[0].mountPath',
  ],
  [
    { volumes: [{ name: "a", mountPath: "/a", secretName: "a", readOnly: false }] },
    "args.volumes[0].readOnly is false, must not be set: it is a claim's",
  ],
  [
    { volumes: [{ ...claim, readOnly: 1 }] },
    "args.volumes[0].readOnly is 1, must be true or false",
  ],
  [
    { volumes: [{ ...claim, persistentVolumeClaimName: later("A") }] },
    `args.volumes[0].persistentVolumeClaimName is "A", ${nameRule}`,
  ],
  [
    { volumes: [{ name: "a", mountPath: "/a", configMapName: "A" }] },
    `args.volumes[0].configMapName is "A", ${nameRule}`,
  ],
  [
    { volumes: [{ name: "a", mountPath: "/a", secretName: "A" }] },
    `args.volumes[0].secretName is "A", ${nameRule}`,
  ],
  [
    { volumes: [{ name: "a", mountPath: "/a", emptyDirSizeLimit: "big" }] },
    'args.volumes[0].emptyDirSizeLimit is "big", must be a Kubernetes quantity as a string, such as "250m" or "128Mi"',
  ],
])("Backend: fails when its volumes are %j", async (args, message) => {
  expect(await refusalOf(args)).toBe(message);
});
