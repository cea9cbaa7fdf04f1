import type { BackendArgs } from "../../../components/index.ts";

/** The essentials of a manifest as its authors or packagers publish it. */
export interface Original {
  /** The ports of all containers, by name. */
  readonly ports: Readonly<Record<string, number>>;
  /** The container's port by that of the Service. */
  readonly service: Readonly<Record<number, number>>;
  /** The variables of the main container. */
  readonly env?: Readonly<Record<string, string | object>>;
  /** What is mounted in the main container besides a directory for temporary files: the sub-path, or "" for all. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** Fields of the main container. */
  readonly container?: object;
  /** Fields of the Pod. */
  readonly pod?: object;
  /** Fields of the Deployment's spec. */
  readonly deployment?: object;
}

/** A field in which ours is another one on purpose. */
export interface Difference {
  readonly field: string;
  readonly original: string;
  readonly why: string;
}

/** An application that many people run. */
export interface Application {
  readonly name: string;
  /** The program, but for the namespace. */
  readonly args: Omit<BackendArgs, "namespace">;
  readonly original: Original;
  readonly differs?: readonly Difference[];
}

/** A password from an existing Secret. */
export const secretKey = (name: string, key: string) => ({ secretKeyRef: { name, key } });

/** A probe by HTTP. */
export const http = (path: string, port = "http") => ({ httpGet: { path, port } });

/** A probe by a command. */
export const exec = (...command: string[]) => ({ exec: { command } });

/** A TCP port with the same number in the Service. */
export const tcp = (name: string, containerPort: number) => ({
  name,
  containerPort,
  port: containerPort,
});

/** An HTTP port and its port in the Service. */
export const web = (containerPort: number, port = containerPort) => [
  { name: "http", containerPort, port, appProtocol: "http" },
];

export const USER: Difference = {
  field: "securityContext.runAsUser",
  original: "root, or the user of the image",
  why: "the Pod runs as a user that is not root; the image has to allow it",
};
export const STATEFUL: Difference = {
  field: "kind",
  original: "a StatefulSet of one Pod",
  why: "one Pod with a claim is the same; the old Pod stops before the new one starts",
};
