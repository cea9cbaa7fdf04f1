// Applications that many people run, with a stand-in for their images, and Backends for each need that reports of users have.
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { PersistentVolume } from "@pulumi/kubernetes/core/v1/persistentVolume.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { Pod } from "@pulumi/kubernetes/core/v1/pod.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Backend, type BackendArgs } from "../../../../components/index.ts";
import { imageReferences } from "../../../../local/images/node-images.ts";
import { GATEWAY } from "../../../../local/nodes/names.ts";
import { needsOf, standIn } from "../../../shared/applications/stand-in.ts";
import { clientPod } from "../../client-pod.ts";
import { APPLICATIONS, NAME_IN_A_FILE, NEEDS, OUTSIDE_PORT, running } from "./names.ts";

const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
const [applications, needs] = [APPLICATIONS, NEEDS].map(
  (name) => new Namespace(name, { metadata: { name, labels: restricted } }),
);

runApplications({ dependsOn: [applications as Namespace] });
runNeeds({ dependsOn: [needs as Namespace] });

function runApplications(opts: { dependsOn: Namespace[] }): void {
  const namespace = APPLICATIONS;
  const all = running.map(needsOf);
  const filled = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, key]));
  const maps = Object.assign({}, ...all.map(({ configMaps }) => configMaps));
  for (const [name, keys] of Object.entries<string[]>(maps)) {
    new ConfigMap(`${name}-files`, { metadata: { name, namespace }, data: filled(keys) }, opts);
  }
  const secrets = Object.assign({}, ...all.map((it) => it.secrets));
  for (const [name, keys] of Object.entries<string[]>(secrets)) {
    new Secret(`${name}-keys`, { metadata: { name, namespace }, stringData: filled(keys) }, opts);
  }
  // Each application has a claim of its own, whatever it is called.
  const claims = new Set(all.flatMap((it) => it.claims));
  for (const name of claims) claim(name, opts);
  for (const application of running) {
    new Backend(application.name, { namespace, ...standIn(application) }, opts);
  }
}

function claim(name: string, opts: { dependsOn: Namespace[] }): void {
  const size = { storage: "1Mi" };
  const common = { accessModes: ["ReadWriteMany"], storageClassName: "" };
  const hostPath = { path: `/var/lib/claims/${name}`, type: "DirectoryOrCreate" };
  const volume = new PersistentVolume(`${name}-volume`, {
    metadata: { name },
    spec: { ...common, capacity: size, hostPath },
  });
  const spec = { ...common, resources: { requests: size }, volumeName: volume.metadata.name };
  new PersistentVolumeClaim(name, { metadata: { name, namespace: APPLICATIONS }, spec }, opts);
}

function runNeeds(opts: { dependsOn: Namespace[] }): void {
  const namespace = NEEDS;
  const common = {
    namespace,
    image: imageReferences.demo,
    replicas: 1,
    resources: { requests: { cpu: "10m", memory: "16Mi" } },
  };
  const http = { name: "http", containerPort: 8080, port: 80 };
  const readinessProbe = { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 1 };
  const served = { ...common, ports: [http], readinessProbe };

  const hosts = new ConfigMap(
    "hosts",
    {
      metadata: { name: "hosts", namespace },
      data: { hosts: `127.0.0.1 localhost\n${GATEWAY} ${NAME_IN_A_FILE}\n`, other: "" },
    },
    opts,
  );
  const answers = new Backend("answers", { ...served, serviceName: "answers" }, opts);
  new Backend(
    "asks",
    {
      ...served,
      serviceName: "asks",
      env: {
        SECRET_URL: "http://$(NAME_OF_ANSWERS)/hostname",
        FILE_URL: `http://${NAME_IN_A_FILE}:${OUTSIDE_PORT}/hostname`,
      },
      secretEnv: { NAME_OF_ANSWERS: "answers" },
      volumes: [
        { name: "hosts", mountPath: "/etc/hosts", subPath: "hosts", configMapName: "hosts" },
      ],
      closeEgress: true,
      connectsTo: { ANSWERS: { target: answers.target, port: "http" } },
      connectsToExternal: {
        OUTSIDE: { addresses: [GATEWAY], port: OUTSIDE_PORT, appProtocol: "http" },
      },
    },
    { dependsOn: [...opts.dependsOn, hosts] },
  );
  new Backend("shut", { ...served, serviceName: "shut", closeEgress: true }, opts);
  new Backend(
    "measured",
    {
      ...served,
      serviceName: "measured",
      allowedCallers: [{}, { namespace: "monitoring", ports: ["metrics"] }],
      initContainers: [
        {
          name: "exporter",
          image: imageReferences.demo,
          sidecar: true,
          env: { HTTP_ADDRESS: ":9121", TCP_ADDRESS: ":9122" },
          ports: [{ name: "metrics", containerPort: 9121, port: 9121 }],
        },
      ],
    },
    opts,
  );
  const asked = ["/demo-application", "ask", "http://127.0.0.1:8080/readyz"];
  new Backend(
    "works",
    { ...common, ports: [], readinessProbe: { exec: { command: asked }, periodSeconds: 1 } },
    opts,
  );
  runReaders(served, opts);
  const loaded = { ...served, replicas: 2 };
  new Backend("drains", { ...loaded, serviceName: "drains", drainSeconds: 20 }, opts);
  // Its Pods end as soon as they are told to.
  const containers = [{ name: "does-not-drain", lifecycle: null }];
  new Backend(
    "does-not-drain",
    {
      ...loaded,
      serviceName: "does-not-drain",
      env: { DRAIN: "off" },
      patches: { deployment: { spec: { template: { spec: { containers } } } } },
    },
    opts,
  );
}

/**
 * A workload whose variable refers to another, of a Secret, and whose volume a patch mounts twice; and a Pod that says the same in the
 * order in which it was written, which Kubernetes takes as it stands.
 */
function runReaders(
  served: Omit<BackendArgs, "volumes" | "env">,
  opts: { dependsOn: Namespace[] },
): void {
  const namespace = NEEDS;
  const data = { one: "1", two: "2" };
  const files = new ConfigMap("files", { metadata: { name: "files", namespace }, data }, opts);
  const DATABASE_URL = "postgres://app:$(PASSWORD)@db/app";
  const volumeMounts = ["one", "two"].map((subPath) => ({
    ...{ name: "files", mountPath: `/config/${subPath}`, subPath },
  }));
  const containers = [{ name: "reader", volumeMounts }];
  new Backend(
    "reader",
    {
      ...served,
      env: { DATABASE_URL, MARK: "reader" },
      secretEnv: { PASSWORD: "opened" },
      volumes: [{ name: "files", mountPath: "/files", configMapName: "files" }],
      patches: { deployment: { spec: { template: { spec: { containers } } } } },
    },
    { dependsOn: files },
  );
  const pod = clientPod("as-written", namespace, { app: "as-written" });
  const env = [
    { name: "DATABASE_URL", value: DATABASE_URL },
    { name: "PASSWORD", value: "opened" },
    { name: "MARK", value: "as-written" },
  ];
  const spec = { ...pod.spec, containers: pod.spec.containers.map((it) => ({ ...it, env })) };
  new Pod("as-written", { metadata: pod.metadata, spec }, opts);
}
