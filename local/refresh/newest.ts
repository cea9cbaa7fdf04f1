import { isAtLeast } from "../toolchain/preflight.ts";

// Go puts a v before; whatever follows the numbers is a pre-release or somebody's own build.
const RELEASE = /^v?(\d+\.\d+\.\d+)$/;

/** Bounds of what is chosen. */
export interface Bounds {
  /** The version of now. */
  readonly current: string;
  /**
   * Nothing newer is chosen.
   * @default - no bound
   */
  readonly atMost?: string;
}

/**
 * The newest release that is in every one of the lists; the current one where no newer is in all of them. Pre-releases do not count.
 *
 * @param served - versions in any order, a list for each place that serves them
 */
export function newestServed(
  served: readonly (readonly string[])[],
  { atMost, current }: Bounds,
): string {
  const [first = new Set<string>(), ...others] = served.map(
    (versions) => new Set(versions.flatMap((version) => RELEASE.exec(version)?.[1] ?? [])),
  );
  let newest = current;
  for (const version of first) {
    const isEverywhere = others.every((other) => other.has(version));
    const isAllowed = atMost === undefined || isAtLeast(atMost, version);
    if (isEverywhere && isAllowed && isAtLeast(version, newest)) newest = version;
  }
  return newest;
}
