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

test("Backend: mounts single files, and a volume at several paths", async () => {
  const pod = await podOf({
    volumes: [
      {
        name: "settings",
        mountPath: "/etc/nginx/nginx.conf",
        subPath: "nginx.conf",
        mounts: [{ mountPath: "/etc/nginx/mime.types", subPath: later("mime.types") }],
        configMapName: "nginx",
        items: [
          { key: "main", path: "nginx.conf", mode: 0o400 },
          { key: "mime", path: "mime.types" },
        ],
        defaultMode: 0o440,
      },
      { ...claim, mounts: [{ mountPath: "/backup", subPath: "backup" }] },
    ],
  });

  expect(pod.volumes[1]).toEqual({
    name: "settings",
    configMap: {
      name: "nginx",
      items: [
        { key: "main", path: "nginx.conf", mode: 0o400 },
        { key: "mime", path: "mime.types" },
      ],
      defaultMode: 0o440,
    },
  });
  expect(pod.containers[0].volumeMounts.slice(1)).toEqual([
    {
      name: "settings",
      mountPath: "/etc/nginx/nginx.conf",
      subPath: "nginx.conf",
      readOnly: true,
    },
    {
      name: "settings",
      mountPath: "/etc/nginx/mime.types",
      subPath: "mime.types",
      readOnly: true,
    },
    { name: "data", mountPath: "/data" },
    { name: "data", mountPath: "/backup", subPath: "backup" },
  ]);
});

test("Backend: mounts all paths of a volume in an init container that names it", async () => {
  const pod = await podOf({
    volumes: [{ ...claim, mounts: [{ mountPath: "/backup" }] }],
    initContainers: [{ name: "fill", image: "fill:1", volumes: ["data"] }],
  });

  expect(
    pod.initContainers[0].volumeMounts.map((it: { mountPath: string }) => it.mountPath),
  ).toEqual(["/tmp", "/data", "/backup"]);
});

test("Backend: keeps a directory in memory, and the memory limit covers it", async () => {
  const volumes = [
    {
      name: "cache",
      mountPath: "/cache",
      emptyDirSizeLimit: "1Gi",
      emptyDirMedium: "Memory" as const,
    },
  ];
  const pod = await podOf({ volumes });

  expect(pod.volumes[1]).toEqual({
    name: "cache",
    emptyDir: { sizeLimit: "1Gi", medium: "Memory" },
  });
  expect(pod.containers[0].resources.limits).toMatchObject({
    memory: "1280Mi",
    "ephemeral-storage": "256Mi",
  });
  const stated = (memory: string) => ({ resources: { limits: { memory } } });
  expect((await podOf({ volumes, ...stated("1Gi") })).containers[0].resources.limits.memory).toBe(
    "1Gi",
  );
  expect(await refusalOf({ volumes, ...stated("512Mi") })).toMatch(
    /limits.memory is "512Mi", must be at least 1024Mi, .* is killed$/,
  );
});

test.each(["ReadWriteMany", "ReadOnlyMany"] as const)(
  "Backend: replaces Pods one after another and may have an autoscaler when a claim is %s",
  async (accessMode) => {
    const volumes = [{ ...claim, accessMode }];
    const autoscaling = { minReplicas: 2, maxReplicas: 4 };
    const { spec } = await deploymentOf({ volumes, autoscaling });

    expect(spec.strategy.type).toBe("RollingUpdate");
    expect((await deploymentOf({ volumes })).spec.replicas).toBe(2);
    expect(spec.template.spec.securityContext.fsGroup).toBeDefined();
    const { readOnly } = spec.template.spec.containers[0].volumeMounts[1];
    expect(readOnly).toBe(accessMode === "ReadOnlyMany" ? true : undefined);
  },
);

test.each([
  [
    { ...claim, subPath: "/etc" },
    "subPath",
    'must be a relative path without "..", such as nginx.conf',
  ],
  [
    { ...claim, subPath: "a/../b" },
    "subPath",
    'must be a relative path without "..", such as nginx.conf',
  ],
  [{ ...claim, items: [] }, "items", "must not be set: it is a ConfigMap's or Secret's"],
  [
    { ...claim, defaultMode: 0o400 },
    "defaultMode",
    "must not be set: it is a ConfigMap's or Secret's",
  ],
  [
    { ...claim, accessMode: "Many" },
    "accessMode",
    'must be "ReadWriteOnce" or "ReadOnlyMany" or "ReadWriteMany"',
  ],
  [
    { ...claim, emptyDirMedium: "Memory" },
    "emptyDirMedium",
    "must not be set without emptyDirSizeLimit",
  ],
  [
    { name: "a", mountPath: "/a", emptyDirSizeLimit: "1Gi", accessMode: "ReadWriteMany" },
    "accessMode",
    "must not be set: it is a claim's",
  ],
  [
    { name: "a", mountPath: "/a", secretName: "a", defaultMode: 0o1000 },
    "defaultMode",
    "must be an integer from 0 to 511; 0o777 at most, such as 0o644",
  ],
  [
    { ...claim, mounts: [{ mountPath: "/data" }] },
    "mounts[0].mountPath",
    "must differ from args.volumes[0].mountPath",
  ],
  [
    { name: "a", mountPath: "/a", secretName: "a", items: [{ key: "a", path: "..a" }] },
    "items[0].path",
    'must not begin with "..", such as nginx.conf',
  ],
  [
    {
      name: "a",
      mountPath: "/a",
      secretName: "a",
      items: [
        { key: "a", path: "a/b" },
        { key: "b", path: "./a/" },
      ],
    },
    "items[1].path",
    "must not overlap with args.volumes[0].items[0].path",
  ],
  [{ ...claim, accessMode: null }, "accessMode", 'must be "ReadWriteOnce"'],
])("Backend: fails when a volume is %j", async (volume, field, must) => {
  const refusal = await refusalOf({ volumes: [volume] });

  expect(refusal).toContain(`args.volumes[0].${field} is `);
  expect(refusal).toContain(must);
});
