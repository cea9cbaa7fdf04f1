import type { Places } from "./places.ts";

/** Stands for a bad value where there is none: whatever is given is taken. */
export const ANYTHING_GOES = Symbol("anything goes");

/** What a field that takes an Input accepts, what it refuses, and where its value shows. */
export interface InputRow {
  /** The field as the package's schema has it: `[]` stands for the items of a list, `{}` for the values of a map. */
  readonly field: string;
  /** The arguments with a value in the field. */
  readonly given: (value: never) => object;
  /** A value that is accepted. */
  readonly good: unknown;
  /** What it comes to in the objects. */
  readonly shows: Places;
  /** What it comes to where it is secret, if that is more than the same, marked as secret. */
  readonly showsSecret?: Places;
  /** What it comes to where it is unknown, if that is more than the same places, unknown. */
  readonly showsUnknown?: Places;
  /** A value that is refused, or ANYTHING_GOES. */
  readonly bad: unknown;
  /** The path in the refusal. */
  readonly path: string;
  /** The bad value as the refusal shows it, where it is no text or number. */
  readonly shown?: string;
  /** The rule in the refusal. */
  readonly must: string;
}

/** Rules that several fields have. */
export const MUST = {
  absolutePath: 'must be an absolute path without ":", such as /etc/my-backend',
  configurationKey: 'must be at most 253 letters, digits, "-", "_" and ".", not starting with ".."',
  containerResource:
    "must be limits.cpu or limits.memory or limits.ephemeral-storage or requests.cpu or requests.memory or requests.ephemeral-storage",
  fieldPath:
    "must be metadata.name, metadata.namespace, metadata.uid, spec.nodeName, spec.serviceAccountName, status.hostIP, status.hostIPs, status.podIP, status.podIPs, metadata.labels['KEY'] or metadata.annotations['KEY']",
  image: "must be a container image, such as registry.example/my-backend:1.4.2",
  labelValue:
    'must be at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit',
  namespace:
    'must be at most 63 lower case letters, digits and "-", starting and ending with a letter or digit',
  notRoot: "must be an integer from 1 to 2147483647; 0 is root",
  objectName:
    'must be at most 253 lower case letters, digits, "-" and ".", starting and ending with a letter or digit',
  quantity: 'must be a Kubernetes quantity as a string, such as "250m" or "128Mi"',
  text: "must be a string; quote numbers and booleans",
  trueOrFalse: "must be true or false",
} as const;
