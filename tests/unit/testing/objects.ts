import type { Manifest } from "../../../testing/manifest.ts";

/** A Service as it would be applied, with whatever a test is about. */
export function service(spec: object = {}, metadata: object = {}): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "front", namespace: "shop", ...metadata },
    spec: {
      selector: { app: "web" },
      ports: [{ name: "http", port: 80, targetPort: 8080, protocol: "TCP" }],
      ...spec,
    },
  };
}

/** A Deployment as it would be applied, with whatever a test is about. */
export function deployment(podSpec: object = {}, metadata: object = {}, labels: object = {}) {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop", ...metadata },
    spec: {
      template: {
        metadata: { labels: { app: "web", version: "1", ...labels } },
        spec: {
          containers: [
            { name: "web", ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }] },
          ],
          ...podSpec,
        },
      },
    },
  } satisfies Manifest;
}
