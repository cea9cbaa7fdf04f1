import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import resourceProtocol, { type SupportsFeatureRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { version as sdkVersion } from "@pulumi/pulumi/version.js";

/**
 * The features of Pulumi's command line that are used here, by feature name, with the version that introduced them.
 * `Stash` has no feature name; it came before error hooks (3.208.0).
 *
 * @see https://github.com/pulumi/pulumi/blob/master/CHANGELOG.md
 */
const FEATURES = {
  resourceHooks: "3.182.0",
  replacementTrigger: "3.208.0",
  errorHooks: "3.218.0",
} as const;

/** The oldest supported versions of the packages, as in package.json. */
const PACKAGES = { "@pulumi/pulumi": "3.259.0", "@pulumi/kubernetes": "4.25.0" } as const;

const INSTALL = "https://www.pulumi.com/docs/iac/download-install/";

/** What a program can find out about Pulumi's command line. */
export interface EngineAnswers {
  /** Whether the command line has a feature. */
  readonly supports: (feature: string) => Promise<boolean>;
  /** Its version; undefined if it is too old to report one. */
  readonly version: () => Promise<string | undefined>;
}

/** Why Pulumi's command line is too old; undefined if it has every feature that is used here. */
export async function engineProblem(engine: EngineAnswers): Promise<string | undefined> {
  const missing: string[] = [];
  for (const feature of Object.keys(FEATURES)) {
    if (!(await engine.supports(feature))) missing.push(feature);
  }
  if (missing.length === 0) return undefined;
  const found = (await engine.version()) ?? "an older one that does not report its version";
  return (
    `Cannot run stack "${pulumi.getStack()}": Pulumi's command line has no ${missing.join(", ")}, ` +
    `must be version ${FEATURES.errorHooks} or later, found ${found}; install one from ${INSTALL}`
  );
}

/** Which installed packages are too old; undefined if none is. */
export function packageProblem(
  installed: Readonly<Record<keyof typeof PACKAGES, string>>,
): string | undefined {
  const old = Object.entries(PACKAGES).filter(([name, oldest]) =>
    isOlder(installed[name as keyof typeof PACKAGES], oldest),
  );
  if (old.length === 0) return undefined;
  const found = old.map(
    ([name, oldest]) =>
      `${name} is ${installed[name as keyof typeof PACKAGES]}, must be ${oldest} or later`,
  );
  const wanted = old.map(([name, oldest]) => `${name}@^${oldest}`).join(" ");
  return `Cannot run stack "${pulumi.getStack()}": ${found.join(", ")}; npm install ${wanted}`;
}

const checked = new WeakSet<object>();

/** Fails once per run, before anything is created, if Pulumi is older than the features used here. */
export function checkVersions(): void {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined || checked.has(monitor)) return;
  checked.add(monitor);
  const kubernetes: { readonly version: string } = createRequire(import.meta.url)(
    "@pulumi/kubernetes/package.json",
  );
  const problem = packageProblem({
    "@pulumi/pulumi": sdkVersion,
    "@pulumi/kubernetes": kubernetes.version,
  });
  if (problem !== undefined) throw new pulumi.RunError(problem);
  // The rejection is not caught, so that it ends the program.
  void engineProblem(answersOf(monitor as Monitor)).then((it) => {
    if (it !== undefined) throw new pulumi.RunError(it);
  });
}

/** The part of the engine's monitor that is used here; Pulumi exports no type for it. */
interface Monitor {
  supportsFeature(
    request: SupportsFeatureRequest,
    answer: (error: Error | null, response?: { getHassupport(): boolean }) => void,
  ): void;
}

function answersOf(monitor: Monitor): EngineAnswers {
  return {
    supports: (feature) =>
      new Promise((resolve) => {
        const request = new resourceProtocol.SupportsFeatureRequest();
        request.setId(feature);
        // An engine that does not support the request has none of the features.
        monitor.supportsFeature(request, (_, response) =>
          resolve(response?.getHassupport() ?? false),
        );
      }),
    version: () =>
      pulumi.runtime
        .requirePulumiVersion(">=999.0.0")
        .then(() => undefined)
        .catch((error: Error) => /CLI version (\S+)/.exec(error.message)?.[1]),
  };
}

/** Whether a version is older than another one. The part after a hyphen is ignored: a pre-release is new enough. */
function isOlder(version: string, oldest: string): boolean {
  const [one, other] = [version, oldest].map((it) =>
    (it.split("-")[0] ?? "").split(".").map(Number),
  );
  for (const [place, number] of (other ?? []).entries()) {
    const there = one?.[place] ?? 0;
    if (there !== number) return there < number;
  }
  return false;
}
