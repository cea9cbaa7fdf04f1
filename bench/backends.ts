import { Backend } from "../components/index.ts";

/** How many Backends a benchmark deploys. */
export interface BackendsOptions {
  /** The number of Backends. */
  readonly count: number;
  /** Whether the first one has another image. */
  readonly changed: boolean;
  /** The Pods of each. */
  readonly replicas: number;
}

/** The Backends of the benchmarks: one program deploys them as components, others the same objects without them. */
export function backends({ changed, count, replicas }: BackendsOptions): readonly Backend[] {
  return Array.from(
    { length: count },
    (_, number) =>
      new Backend(`bench-${number}`, {
        namespace: "default",
        image: `example/web:${changed && number === 0 ? 2 : 1}`,
        replicas,
        ports: [{ name: "http", containerPort: 8080, port: 80 }],
        readinessProbe: { httpGet: { path: "/", port: "http" } },
      }),
  );
}
