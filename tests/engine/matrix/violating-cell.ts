import { Backend } from "../../../components/index.ts";
import type { Cell } from "./cells.ts";

const name = "violating";
const readinessProbe = { tcpSocket: { port: "http" } };

/** A Backend whose probe asks another host, which the restricted standard forbids since Kubernetes 1.34. */
export const violatingCell: Cell = {
  name,
  pods: 2,
  build: (namespace, opts) => {
    const asking = { tcpSocket: { host: "10.0.0.1" } };
    const spec = { template: { spec: { containers: [{ name, readinessProbe: asking }] } } };
    // Its Pods never come.
    const metadata = { annotations: { "pulumi.com/skipAwait": "true" } };
    const ports = [{ name: "http", containerPort: 8080 }];
    const patches = { deployment: { metadata, spec } };
    new Backend(name, { namespace, image: "example/web:1", ports, readinessProbe, patches }, opts);
  },
};
