import { createHash } from "node:crypto";
import { isProperties } from "../engine/values.ts";
import { GateError, messageOf } from "../errors.ts";
import { digestOf } from "../fingerprint.ts";
import { askEngine, type Engine } from "./engine.ts";

/** The state of a stack, as far as a preview depends on it. */
export interface StateSnapshot {
  /** The digest of the resources and of the pending operations; empty if the state cannot be read. */
  readonly digest: string;
  /** When it was written. */
  readonly writtenAt?: string;
  /** The operations that an interrupted update has left. */
  readonly pending: readonly string[];
}

/** Reads a stack's state; the secrets in it stay encrypted. */
export async function readState(engine: Engine, stack: string): Promise<StateSnapshot> {
  try {
    return snapshotOf(await askEngine(engine, ["stack", "export", "--stack", stack]));
  } catch (error) {
    if (error instanceof GateError) return { digest: "", pending: [] };
    throw new GateError(`Cannot read the state of stack "${stack}": ${messageOf(error)}`);
  }
}

/** What matters of an exported state. The times of its resources do not: an update without changes writes them anew. */
export function snapshotOf(exported: string): StateSnapshot {
  const { deployment } = JSON.parse(exported) as { deployment?: Record<string, unknown> };
  const resources = arrayOf(deployment?.["resources"]).map(withoutTimes);
  const operations = arrayOf(deployment?.["pending_operations"]);
  const writtenAt = isProperties(deployment?.["manifest"])
    ? deployment["manifest"]["time"]
    : undefined;
  const pending = operations.map(({ resource, type }) => {
    return `${type} ${isProperties(resource) ? resource["urn"] : "a resource"}`;
  });
  return {
    digest: digestOf([resources, operations]),
    ...(typeof writtenAt === "string" && resources.length > 0 ? { writtenAt } : {}),
    pending,
  };
}

/** The digest of a text. */
export const digestOfText = (text: string): string =>
  createHash("sha256").update(text).digest("hex");

function withoutTimes(resource: Record<string, unknown>): Record<string, unknown> {
  const { created: _created, modified: _modified, ...rest } = resource;
  return rest;
}

function arrayOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isProperties) : [];
}
