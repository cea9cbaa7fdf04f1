import { expect, test } from "vitest";
import { Protocol } from "../../../components/index.ts";
import { podOf, refusalOf } from "../support/deployment.ts";
import { later } from "../support/run-program.ts";

const migrate = { name: "migrate", image: "registry.example/migrate:1" };
const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
};
const resources = {
  requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "64Mi" },
  limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "256Mi" },
};

test("Backend: runs a hardened container before its own when one is given", async () => {
  const pod = await podOf({
    volumes: [{ name: "keys", mountPath: "/etc/keys", secretName: "keys" }],
    initContainers: [migrate],
  });

  expect(pod.initContainers).toEqual([
    {
      ...migrate,
      resources,
      securityContext,
      volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
    },
  ]);
  expect(pod.containers).toHaveLength(1);
});

test("Backend: has every field of a container when all are given", async () => {
  const pod = await podOf({
    volumes: [{ name: "keys", mountPath: "/etc/keys", secretName: "keys" }],
    initContainers: [
      migrate,
      {
        name: "proxy",
        image: later("proxy:1"),
        sidecar: true,
        imagePullPolicy: "Always",
        command: ["/proxy"],
        args: ["--fast"],
        workingDir: "/srv",
        env: { MODE: later("fast") },
        envFromSecretKeys: { TOKEN: { name: "tokens", key: "api" } },
        envFromConfigMaps: ["look"],
        resources: { limits: { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" } },
        volumes: ["keys"],
      },
    ],
  });

  expect(pod.initContainers[1]).toEqual({
    name: "proxy",
    image: "proxy:1",
    restartPolicy: "Always",
    imagePullPolicy: "Always",
    command: ["/proxy"],
    args: ["--fast"],
    workingDir: "/srv",
    env: [
      { name: "TOKEN", valueFrom: { secretKeyRef: { name: "tokens", key: "api" } } },
      { name: "MODE", value: "fast" },
    ],
    envFrom: [{ configMapRef: { name: "look" } }],
    resources: { limits: { cpu: "1", memory: "1Gi", "ephemeral-storage": "1Gi" } },
    securityContext,
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      { name: "keys", mountPath: "/etc/keys", readOnly: true },
    ],
  });
});

test("Backend: proves that a sidecar answers when it has probes", async () => {
  const ports = [{ name: "admin", containerPort: 9901 }];
  const pod = await podOf({
    initContainers: [
      {
        ...migrate,
        sidecar: true,
        ports,
        startupProbe: { grpc: { port: "admin" } },
        readinessProbe: { httpGet: { path: "/ready", port: "admin" } },
        livenessProbe: { tcpSocket: { port: "admin" }, periodSeconds: later(7) },
      },
    ],
  });

  expect(pod.initContainers[0]).toMatchObject({
    restartPolicy: "Always",
    ports: [{ name: "admin", containerPort: 9901, protocol: "TCP" }],
    startupProbe: { grpc: { port: 9901 } },
    readinessProbe: { httpGet: { path: "/ready", port: "admin" } },
    livenessProbe: { tcpSocket: { port: "admin" }, periodSeconds: 7 },
  });
});

test.each([
  [
    [{ ...migrate, startupProbe: { exec: { command: ["a"] } } }],
    "initContainers[0].startupProbe is an object, must not be set unless the container is a sidecar",
  ],
  [
    [{ ...migrate, ports: [{ name: "a", containerPort: 1 }] }],
    "initContainers[0].ports is a list, must not be set unless the container is a sidecar",
  ],
  [
    [{ ...migrate, sidecar: true, livenessProbe: { tcpSocket: { port: "a" } } }],
    'initContainers[0].livenessProbe.tcpSocket.port is "a", must be the name of a declared port: http',
  ],
  [
    [{ ...migrate, sidecar: true, ports: [{ name: "a", containerPort: 0 }] }],
    "initContainers[0].ports[0].containerPort is 0, must be an integer from 1 to 65535",
  ],
  [
    [
      {
        ...migrate,
        sidecar: true,
        ports: [
          { name: "a", containerPort: 1 },
          { name: "b", containerPort: 1 },
        ],
      },
    ],
    "initContainers[0].ports[1].containerPort is 1, must differ from args.initContainers[0].ports[0].containerPort, which has the same protocol TCP",
  ],
  [
    [
      {
        ...migrate,
        sidecar: true,
        ports: [
          { name: "a", containerPort: 1 },
          { name: "a", containerPort: 2 },
        ],
      },
    ],
    'initContainers[0].ports[1].name is "a", must differ from the name of args.initContainers[0].ports[0]; name the port',
  ],
  [
    [
      {
        ...migrate,
        sidecar: true,
        ports: [{ name: "a", containerPort: 1 }],
        livenessProbe: { tcpSocket: { port: "b" } },
      },
    ],
    'initContainers[0].livenessProbe.tcpSocket.port is "b", must be the name of a declared port: http, a',
  ],
  [
    [{ ...migrate, sidecar: true, ports: [{ name: "admin", containerPort: 8080 }] }],
    "initContainers[0].ports[0].containerPort is 8080, must differ from args.ports[0].containerPort, the containers of a Pod have one network",
  ],
  [
    [
      { ...migrate, sidecar: true, ports: [{ name: "admin", containerPort: 9901 }] },
      { ...migrate, name: "proxy", sidecar: true, ports: [{ name: "admin", containerPort: 9902 }] },
    ],
    'initContainers[1].ports[0].name is "admin", must differ from args.initContainers[0].ports[0].name',
  ],
  [
    [{ ...migrate, sidecar: true, ports: [{ name: "admin", containerPort: 9901, port: 80 }] }],
    "initContainers[0].ports[0].port is 80, must differ from args.ports[0].port, the containers of a Pod share the Backend's Service",
  ],
  [{}, "initContainers is an object, must be a list of containers"],
  [["migrate"], 'initContainers[0] is "migrate", must be an object'],
  [
    [{ ...migrate, name: "Migrate" }],
    'initContainers[0].name is "Migrate", must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
  ],
  [
    [{ ...migrate, name: "web" }],
    "initContainers[0].name is \"web\", must differ from the Backend's name, which is the main container's name",
  ],
  [
    [migrate, migrate],
    'initContainers[1].name is "migrate", must differ from args.initContainers[0].name',
  ],
  [
    [{ ...migrate, image: later("") }],
    'initContainers[0].image is "", must be a container image, such as registry.example/my-backend:1.4.2',
  ],
  [[{ ...migrate, sidecar: 1 }], "initContainers[0].sidecar is 1, must be true or false"],
  [
    [{ ...migrate, imagePullPolicy: "always" }],
    'initContainers[0].imagePullPolicy is "always", must be "Always" or "IfNotPresent" or "Never"',
  ],
  [
    [{ ...migrate, env: { A: "1" }, envFromSecretKeys: { A: { name: "a", key: "b" } } }],
    'initContainers[0].envFromSecretKeys key is "A", must differ from the keys of args.initContainers[0].env',
  ],
  [
    [{ ...migrate, secretEnv: { A: "1" } }],
    "initContainers[0].secretEnv is refused, must not be set: the Secret is the Backend's; set args.secretEnv and name its keys",
  ],
  [
    [{ ...migrate, command: [""] }],
    'initContainers[0].command[0] is "", must be a non-empty string',
  ],
  [
    [{ ...migrate, resources: { limits: { cpu: "much" } } }],
    'initContainers[0].resources.limits.cpu is "much", must be a Kubernetes quantity as a string, such as "250m" or "128Mi"',
  ],
  [[{ ...migrate, volumes: ["data"] }], 'initContainers[0].volumes[0] is "data", must be "tmp"'],
])("Backend: fails when its initContainers are %j", async (initContainers, message) => {
  expect(await refusalOf({ initContainers })).toBe(`args.${message}`);
});

test("Backend: takes a sidecar's port of the same number as its own when the protocol is another", async () => {
  const ports = [{ name: "dns", containerPort: 8080, protocol: Protocol.UDP }];
  const pod = await podOf({ initContainers: [{ ...migrate, sidecar: true, ports }] });

  expect(pod.initContainers[0].ports).toEqual(ports);
});
