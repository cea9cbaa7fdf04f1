import * as pulumi from "@pulumi/pulumi";

/** A function of Pulumi's runtime that its types omit. */
type Runtime = typeof pulumi.runtime & { readonly isConfigSecret?: (key: string) => boolean };

/**
 * The secret values of the program's configuration. A program may read them as plain text, which Pulumi does not track.
 */
export function configSecrets(): readonly string[] {
  const runtime: Runtime = pulumi.runtime;
  return Object.entries(runtime.allConfig())
    .filter(([key]) => runtime.isConfigSecret?.(key) ?? true)
    .flatMap(([, value]) => leavesOf(value));
}

/**
 * What a program may read from one configuration value: the string itself and, if it is JSON, every string and number
 * in it.
 */
export function leavesOf(text: string): readonly string[] {
  const number = Number(text);
  return [
    text,
    text.trim(),
    ...(Number.isFinite(number) ? [String(number)] : []),
    ...leavesIn(parsed(text)),
  ];
}

function leavesIn(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return leavesOf(value);
  }
  if (typeof value === "number") {
    return [String(value)];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesIn) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
