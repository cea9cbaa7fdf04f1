import { UserError } from "../errors.ts";
import { isAtLeast } from "../toolchain/preflight.ts";
import { engine, launcher } from "./followed.ts";
import { newestServed } from "./newest.ts";
import type { Registries } from "./registries.ts";

/** Versions of the engine and of the package that starts it. */
export interface EngineVersions {
  readonly engine: string;
  readonly launcher: string;
}

/** A package.json, as far as it is read here. */
export interface PackageManifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The versions of now: the engine's as in versions.ts, the launcher's as in package.json. */
export function currentVersions(engineVersion: string, manifest: PackageManifest): EngineVersions {
  const { devDependencies } = manifest;
  const { [engine.npmPackage]: sdk = "", [launcher]: starts = "" } = devDependencies;
  if (!isAtLeast(engineVersion, sdk)) {
    throw new UserError(
      `Cannot refresh ${engine.npmPackage}: package.json has ${sdk}, which is newer than the engine's ${engineVersion} in local/toolchain/versions.ts; give both the same version`,
    );
  }
  return { engine: engineVersion, launcher: starts };
}

/** The versions to move to: never older than those of now. */
export async function newestVersions(
  current: EngineVersions,
  registries: Registries,
): Promise<EngineVersions> {
  const [sdk, starts, ...modules] = await Promise.all([
    registries.npmPackage(engine.npmPackage),
    registries.npmPackage(launcher),
    ...engine.goModules.map(registries.goModule),
  ]);
  const newest = newestServed([sdk, ...modules], { current: current.engine });
  const bounds = { current: current.launcher, atMost: newest };
  return { engine: newest, launcher: newestServed([starts], bounds) };
}

/** Says how far the versions of now are behind. */
export function describeVersions(now: EngineVersions, newest: EngineVersions): readonly string[] {
  const line = (title: string, from: string, to: string): string =>
    from === to ? `${title} ${from} is the newest` : `${title} ${from} is behind ${to}`;
  return [
    line("Pulumi", now.engine, newest.engine),
    line(`npm's launcher ${launcher}`, now.launcher, newest.launcher),
  ];
}
