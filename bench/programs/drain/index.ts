// One Backend for every length of the sleep.
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Backend } from "../../../components/index.ts";
import { imageReferences } from "../../../local/images/node-images.ts";
import { NAMESPACE, nameOf, SLEEP_SECONDS } from "../../drain-result.ts";

const opts = { dependsOn: new Namespace("namespace", { metadata: { name: NAMESPACE } }) };

for (const seconds of SLEEP_SECONDS) {
  const name = nameOf(seconds);
  const container = { name, lifecycle: { preStop: { sleep: { seconds } } } };
  const args = {
    namespace: NAMESPACE,
    image: imageReferences.demo,
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { httpGet: { path: "/readyz", port: "http" } },
    serviceName: name,
    patches: { deployment: { spec: { template: { spec: { containers: [container] } } } } },
  };
  new Backend(name, args, opts);
}
