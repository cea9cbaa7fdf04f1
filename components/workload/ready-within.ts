import { type Checks, isDeferred, isRecord, judge, type Rule } from "../validation/checks.ts";
import { int32 } from "../validation/rules.ts";
import type { Drain } from "./drain.ts";
import type { ProbeArgs } from "./probe-args.ts";

/** The default of Pulumi's provider for a Deployment. */
const READY_WITHIN_SECONDS = 600;
/** Kubernetes gives up before Pulumi does, so that its reason is in the error: after 480 of 600 seconds. */
const PROGRESS_SHARE = 0.8;
const PERIOD_SECONDS = 10;

/** What every figure of a probe has to be at the least. */
const isFigure = int32(0);

/** The API server's default for the failures after which a probe gives up. */
const FAILURE_THRESHOLD = 3;

/** How long a rollout of a Backend may take. */
export interface DeploymentReadyArgs {
  /**
   * Seconds within which a rollout has to be complete; after that the update fails with the reasons. Pods are replaced
   * one after another, so a rollout takes the time of one Pod times the number of Pods. At least the time that the
   * startup probes, the readiness probe and `minReadySeconds` give one Pod.
   *
   * @default - 600; more if the probes give one Pod more
   */
  readonly readyWithinSeconds?: number;
}

/** The arguments that decide how long one Pod may take to become ready. */
interface StartArgs extends DeploymentReadyArgs {
  readonly readinessProbe: ProbeArgs;
  readonly startupProbe?: ProbeArgs;
  readonly initContainers?: readonly { readonly startupProbe?: ProbeArgs }[];
}

/** Reads how long a rollout may take: at least as long as one Pod may need. */
export function readDeploymentReady(checks: Checks, args: StartArgs, drain: Drain): number {
  const rule = enoughFor(probesOf(args), drain);
  return checks.plain("args.readyWithinSeconds", readyWithin(args, drain), rule);
}

/**
 * The arguments, in which deferred figures of probes are checked against `readyWithinSeconds` when they resolve: one of
 * them stands for all, so that nothing else waits for them.
 */
export function judgeDeferredFigures<Args extends StartArgs>(
  checks: Checks,
  args: Args,
  drain: Drain,
): Args {
  const probes = probesOf(args);
  const all = [...probes.startup, ...probes.readiness];
  const first = all.find((probe) => FIGURES.some((figure) => isDeferred(probe[figure])));
  const figure = FIGURES.find((it) => isDeferred(first?.[it]));
  if (first === undefined || figure === undefined) return args;
  const seconds = readyWithin(args, drain);
  const checked = checks.together(first[figure], [figuresOf(probes)], (_, [figures]) =>
    judge("args.readyWithinSeconds", seconds, enoughFor(figures as StartProbes, drain)),
  );
  return withFigure(args, first, { ...first, [figure]: checked });
}

/** `progressDeadlineSeconds` of the Deployment. */
export function progressDeadlineSeconds(readyWithinSeconds: number): number {
  return Math.floor(readyWithinSeconds * PROGRESS_SHARE);
}

/** The seconds stated, or the default. */
function readyWithin(args: StartArgs, { minReadySeconds }: Drain): number {
  const least = leastSeconds(probesOf(args), minReadySeconds);
  const { readyWithinSeconds = Math.max(READY_WITHIN_SECONDS, least) } = args;
  return readyWithinSeconds;
}

const enoughFor = (probes: StartProbes, { minReadySeconds }: Drain): Rule =>
  int32(leastSeconds(probes, minReadySeconds), reasons(probes, minReadySeconds));

function withFigure<Args extends StartArgs>(args: Args, before: ProbeArgs, after: ProbeArgs): Args {
  const replace = (container: object): object =>
    Object.fromEntries(
      Object.entries(container).map(([key, value]) => [key, value === before ? after : value]),
    );
  const { initContainers } = args;
  return {
    ...replace(args),
    ...(Array.isArray(initContainers)
      ? { initContainers: initContainers.map((it) => (isRecord(it) ? replace(it) : it)) }
      : {}),
  } as unknown as Args;
}

/** The probes that decide how long a Pod takes: of the container and of its sidecars. */
interface StartProbes {
  readonly startup: readonly ProbeArgs[];
  readonly readiness: readonly ProbeArgs[];
}

function probesOf({ initContainers, readinessProbe, startupProbe }: StartArgs): StartProbes {
  const sidecars = (Array.isArray(initContainers) ? initContainers : []).filter(isRecord);
  const all = (...probes: readonly unknown[]) => probes.filter(isRecord) as ProbeArgs[];
  return {
    startup: all(...sidecars.map((it) => it["startupProbe"]), startupProbe),
    readiness: all(...sidecars.map((it) => it["readinessProbe"]), readinessProbe),
  };
}

const FIGURES = [
  "initialDelaySeconds",
  "periodSeconds",
  "failureThreshold",
  "successThreshold",
] as const satisfies readonly (keyof ProbeArgs)[];

/** Without the rest of the probes, which may hold secrets. */
function figuresOf({ readiness, startup }: StartProbes): StartProbes {
  const figures = (probe: ProbeArgs) =>
    Object.fromEntries(FIGURES.map((figure) => [figure, probe[figure]])) as unknown as ProbeArgs;
  return { readiness: readiness.map(figures), startup: startup.map(figures) };
}

/** The least seconds for a rollout with these probes. */
function leastSeconds(probes: StartProbes, minReadySeconds: number): number {
  const longest = startSeconds(probes) + readySeconds(probes) + minReadySeconds;
  return Math.ceil((longest + 1) / PROGRESS_SHARE);
}

function reasons(probes: StartProbes, minReadySeconds: number): string | undefined {
  const parts = [
    ["the startup probes give a Pod", startSeconds(probes)],
    ["the readiness probe needs", readySeconds(probes)],
    ["minReadySeconds adds", minReadySeconds],
  ] as const;
  const stated = parts.filter(([, seconds]) => seconds > 0);
  return stated.length === 0
    ? undefined
    : stated.map(([what, seconds]) => `${what} ${seconds} s`).join(", ");
}

/** Seconds before which the readiness probes cannot pass. */
function readySeconds({ readiness }: StartProbes): number {
  const each = readiness.map(({ initialDelaySeconds, periodSeconds, successThreshold }) => {
    // A deferred period may turn out to be the shortest possible one.
    const period = periodSeconds === undefined ? PERIOD_SECONDS : known(periodSeconds, 1);
    return known(initialDelaySeconds, 0) + (known(successThreshold, 1) - 1) * period;
  });
  return Math.max(0, ...each);
}

/** Seconds after which the startup probes give up. Sidecars start one after another, and before the container. */
function startSeconds({ startup }: StartProbes): number {
  const each = startup.map(({ failureThreshold, initialDelaySeconds, periodSeconds }) => {
    const failures = known(failureThreshold, isDeferred(failureThreshold) ? 1 : FAILURE_THRESHOLD);
    const period = known(periodSeconds, isDeferred(periodSeconds) ? 1 : PERIOD_SECONDS);
    return known(initialDelaySeconds, 0) + failures * period;
  });
  return each.reduce((sum, seconds) => sum + seconds, 0);
}

/** A number, or another one in place of a value that is unset, invalid or deferred. Invalid ones are reported separately. */
function known(value: unknown, otherwise: number): number {
  return typeof value === "number" && isFigure(value) === undefined ? value : otherwise;
}
