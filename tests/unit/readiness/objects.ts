import type {
  CoreV1Event,
  V1ContainerStatus,
  V1EndpointSlice,
  V1Pod,
} from "@kubernetes/client-node";
import type { FrontService } from "../../../components/readiness/endpoints/front-service.ts";

/** A Service that is to be proved. */
export const service: FrontService = {
  namespace: "shop",
  name: "dev",
  uid: "service-uid",
  selector: { app: "web" },
  ports: [{ name: "http", targetPort: "http", containerPort: 8080, protocol: "TCP" }],
};

/** What a Pod of a test is like. */
export interface PodOptions {
  readonly labels?: Record<string, string>;
  readonly ready?: boolean;
  readonly phase?: string;
  readonly ports?: { name?: string; containerPort: number; protocol?: string }[];
  readonly status?: Partial<V1ContainerStatus>;
  readonly deleted?: boolean;
  readonly conditions?: { type: string; status: string; reason?: string; message?: string }[];
}

/** A Pod with one container, ready unless it is told otherwise. */
export function pod(name: string, options: PodOptions = {}): V1Pod {
  const { ready = true, phase = "Running", labels = { app: "web" }, status } = options;
  const { ports = [{ name: "http", containerPort: 8080 }], conditions = [] } = options;
  const own = { type: "Ready", status: ready ? "True" : "False" };
  const container = { name: "web", image: "i", imageID: "", ready, restartCount: 0, ...status };
  return {
    metadata: {
      name,
      uid: `${name}-uid`,
      labels,
      ...(options.deleted ? { deletionTimestamp: new Date(0) } : {}),
    },
    spec: {
      containers: [{ name: "web", ports, readinessProbe: { tcpSocket: { port: "http" } } }],
    },
    status: { phase, conditions: [own, ...conditions], containerStatuses: [container] },
  };
}

/** An EndpointSlice of one endpoint for one port. */
export function slice(port: string, ready: boolean | undefined): V1EndpointSlice {
  const conditions = ready === undefined ? {} : { ready };
  return {
    addressType: "IPv4",
    endpoints: [{ addresses: ["10.0.0.1"], conditions }],
    ports: [{ name: port }],
  };
}

/** A warning about an object. */
export function warning(
  involvedObject: CoreV1Event["involvedObject"],
  [reason, message]: readonly [string, string],
  seconds: number,
): CoreV1Event {
  const lastTimestamp = new Date(seconds * 1000);
  return { metadata: {}, involvedObject, type: "Warning", reason, message, lastTimestamp };
}
