// A workload whose variable refers to another, of a Secret, and whose volume is mounted twice; and a Pod that says the same in the order in
// which it was written, which Kubernetes takes as it stands.
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Pod } from "@pulumi/kubernetes/core/v1/pod.js";
import { Backend } from "../../../../components/index.ts";
import { imageReferences } from "../../../../local/images/node-images.ts";
import { clientPod } from "../../client-pod.ts";

const namespace = "variables-and-mounts";
const opts = { dependsOn: [new Namespace(namespace, { metadata: { name: namespace } })] };
const files = new ConfigMap(
  "files",
  { metadata: { name: "files", namespace }, data: { one: "1", two: "2" } },
  opts,
);
const DATABASE_URL = "postgres://app:$(PASSWORD)@db/app";

new Backend(
  "reader",
  {
    namespace,
    image: imageReferences.demo,
    replicas: 1,
    ports: [{ name: "http", containerPort: 8080 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" }, periodSeconds: 1 },
    env: { DATABASE_URL, MARK: "reader" },
    secretEnv: { PASSWORD: "opened" },
    volumes: [{ name: "files", mountPath: "/files", configMapName: "files" }],
    patches: {
      deployment: {
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: "reader",
                  volumeMounts: ["one", "two"].map((subPath) => ({
                    ...{ name: "files", mountPath: `/config/${subPath}`, subPath },
                  })),
                },
              ],
            },
          },
        },
      },
    },
  },
  { dependsOn: files },
);

const { metadata, spec } = clientPod("as-written", namespace, { app: "as-written" });
const env = [
  { name: "DATABASE_URL", value: DATABASE_URL },
  { name: "PASSWORD", value: "opened" },
  { name: "MARK", value: "as-written" },
];
const containers = spec.containers.map((container) => ({ ...container, env }));
new Pod("as-written", { metadata, spec: { ...spec, containers } }, opts);
