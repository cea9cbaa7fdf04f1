import { Backend } from "../components/index.ts";

/** The Backend both programs of the benchmark deploy: one as a component, one as the same objects without it. */
export const oneBackend = () =>
  new Backend("bench-web", {
    namespace: "default",
    image: "example/web:1",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { httpGet: { path: "/", port: "http" } },
  });
