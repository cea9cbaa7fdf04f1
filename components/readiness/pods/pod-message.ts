import type { V1Container, V1Pod } from "@kubernetes/client-node";
import { HIDDEN } from "../../validation/secrets/without-secrets.ts";

/**
 * The shortest string of a Pod that is removed from messages about it: a shorter one would occur everywhere by chance.
 */
const SHORTEST = 6;

/**
 * A message about a Pod from a node or a controller, without the parts that may contain passwords: paths and users of
 * URLs, values that the API server rejects, and the Pod's arguments, commands, variables and probes. Its image and
 * names stay.
 */
export function podMessage(pod: V1Pod | undefined, text: string): string {
  const named = [
    pod?.metadata?.name,
    ...containersOf(pod).flatMap(({ image, name }) => [image, name]),
  ];
  const isNamed = (word: string) => named.some((it) => it?.includes(word));
  return containersOf(pod)
    .flatMap(confidentialStrings)
    .filter((word) => word.length >= SHORTEST && !isNamed(word))
    .sort((one, other) => other.length - one.length)
    .reduce((left, word) => left.replaceAll(word, HIDDEN), withoutValues(text));
}

/** A message without the paths and users of its URLs and without rejected values. */
export function withoutValues(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/"'@]*@)?([^\s/"'?#]*)[/?#][^\s"']*/gi, "$1$2/…")
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/"'@]*@/gi, "$1")
    .replace(
      /\b((?:Invalid|Duplicate|Unsupported) value: )(?:"(?:[^"\\]|\\.)*"|[^\s:,]+)/g,
      `$1${HIDDEN}`,
    );
}

function containersOf(pod: V1Pod | undefined): readonly V1Container[] {
  return [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])];
}

function confidentialStrings(container: V1Container): readonly string[] {
  const { args = [], command = [], env = [], lifecycle } = container;
  const { livenessProbe, readinessProbe, startupProbe } = container;
  const handlers = [
    livenessProbe,
    readinessProbe,
    startupProbe,
    lifecycle?.postStart,
    lifecycle?.preStop,
  ];
  return [
    ...args,
    ...command,
    ...env.flatMap(({ value }) => value ?? []),
    ...handlers.flatMap((handler) => [
      ...(handler?.exec?.command ?? []),
      ...(handler?.httpGet?.path?.split(/[?#]/) ?? []),
      ...(handler?.httpGet?.httpHeaders ?? []).map(({ value }) => value),
    ]),
  ];
}
