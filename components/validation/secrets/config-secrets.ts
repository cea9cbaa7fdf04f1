import * as pulumi from "@pulumi/pulumi";

/** Pulumi's own question about a key, which its types leave out. */
type Runtime = typeof pulumi.runtime & { readonly isConfigSecret?: (key: string) => boolean };

/** What is secret of the program's configuration: a program may read it as plain, and Pulumi then knows nothing of it. */
export function configSecrets(): readonly string[] {
  const runtime: Runtime = pulumi.runtime;
  return Object.entries(runtime.allConfig())
    .filter(([key]) => runtime.isConfigSecret?.(key) ?? true)
    .flatMap(([, value]) => leavesOf(value));
}

/** What a program may read of one value of the configuration: the text, and of JSON every text and number that is in it. */
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
