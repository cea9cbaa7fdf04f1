import { join } from "node:path";
import type { Stage } from "./stages.ts";

/** What every peer does in turn, each from where the one before has left the cluster. */
export const steps = [
  "first up",
  "preview without a change",
  "up without a change",
  "one image changed",
  "ten added",
  "destroy",
] as const;
/** A step of a round. */
export type Step = (typeof steps)[number];

/** A command that does a step. */
export interface Command {
  /** The program, by name or path. */
  readonly program: string;
  readonly args: readonly string[];
  /** The folder in which it runs. @default - that of the benchmark */
  readonly cwd?: string;
  /** Additions to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The exit codes that are no failure. @default [0] */
  readonly exitCodes?: readonly number[];
}

/** What the commands of the peers need. */
export interface PeerTools {
  readonly pulumi: string;
  /** `undefined` where there is none. */
  readonly kubectl: string | undefined;
  /** `undefined` where there is none. */
  readonly helm: string | undefined;
  /** The folder for what the peers write. */
  readonly folder: string;
}

/** A way to bring the same objects into a cluster. */
export interface Peer {
  readonly name: string;
  /** The project of its Pulumi program, if it is one. */
  readonly project?: string;
  /** The commands of a step, which lead to a stage. */
  readonly commands: (step: Step, stage: Stage) => readonly Command[];
}

/** Settings of the engine and the provider with which large stacks are quick: docs/guide/speed.md has what each one costs. */
export const FAST_SETTINGS = {
  PULUMI_SKIP_CHECKPOINTS: "true",
  PULUMI_K8S_CLIENT_QPS: "2000",
  PULUMI_K8S_CLIENT_BURST: "4000",
  PULUMI_PARALLEL: "64",
  PULUMI_PARALLEL_DIFF: "true",
} as const;

const PROGRAMS = join(import.meta.dirname, "..", "programs");
const LIMIT = "1200s";

/** The peers that the tools allow, the floor first. */
export function peersOf(tools: PeerTools): readonly Peer[] {
  const pulumi = (name: string, program: string, env: (stage: Stage) => Record<string, string>) =>
    pulumiPeer(tools.pulumi, { name, program, env });
  const backend = ({ options }: Stage) => ({ BENCH_BACKENDS: options });
  const tuned = (stage: Stage) => ({ BENCH_MANIFESTS: stage.tuned });
  return [
    rawPeer,
    ...(tools.kubectl === undefined ? [] : [kubectlPeer(tools.kubectl)]),
    ...(tools.helm === undefined ? [] : [helmPeer(tools.helm, tools.folder)]),
    pulumi("components", "backend", backend),
    pulumi("components, fast settings", "backend", (it) => ({ ...backend(it), ...FAST_SETTINGS })),
    pulumi("plain", "plain", (it) => ({ BENCH_MANIFESTS: it.manifests })),
    pulumi("plain, tuned", "plain", tuned),
    pulumi("plain, tuned, fast settings", "plain", (it) => ({ ...tuned(it), ...FAST_SETTINGS })),
  ];
}

/**
 * The peers of these names; all where there is no name.
 *
 * @throws Error if there is no peer of a name
 */
export function peersNamed(all: readonly Peer[], names: readonly string[]): readonly Peer[] {
  const known = all.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const some = unknown.map((name) => `"${name}"`).join(", ");
    const must = known.map((name) => `"${name}"`).join(", ");
    throw new Error(`Cannot measure: --peers has ${some}, must be one of ${must}`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/**
 * The steps of these names and the last one, which leaves nothing; all where there is no name.
 *
 * @throws Error if there is no step of a name
 */
export function stepsNamed(names: readonly string[]): readonly Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step === name));
  if (unknown.length > 0) {
    const must = steps.map((step) => `"${step}"`).join(", ");
    throw new Error(`Cannot measure: --steps has "${unknown[0]}", must be one of ${must}`);
  }
  return names.length === 0
    ? steps
    : steps.filter((step) => names.includes(step) || step === "destroy");
}

/** The step in which a program without resources is measured. */
export const START = "preview without resources";

/** Programs that declare nothing: how long they take to start. */
export function emptyPrograms(pulumi: string): readonly { name: string; command: Command }[] {
  const command = (program: string, env: Record<string, string>) => ({
    program: pulumi,
    args: ["preview", "--stack", "dev", "--non-interactive"],
    cwd: join(PROGRAMS, program),
    env,
  });
  const none = JSON.stringify({ count: 0, changed: false, replicas: 1 });
  return [
    { name: "SDK only", command: command("sdk", {}) },
    { name: "components", command: command("backend", { BENCH_BACKENDS: none }) },
  ];
}

/** A program of Pulumi. */
interface PulumiPeer {
  readonly name: string;
  readonly program: string;
  readonly env: (stage: Stage) => Record<string, string>;
}

function pulumiPeer(pulumi: string, { env, name, program }: PulumiPeer): Peer {
  const update = ["up", "--yes", "--skip-preview"];
  return {
    name,
    project: `bench-${program}`,
    commands: (step, stage) => {
      const args =
        {
          "preview without a change": ["preview", "--expect-no-changes"],
          "up without a change": [...update, "--expect-no-changes"],
          destroy: ["destroy", "--yes", "--skip-preview"],
        }[step as string] ?? update;
      return [
        {
          program: pulumi,
          args: [...args, "--stack", "dev", "--non-interactive"],
          cwd: join(PROGRAMS, program),
          env: env(stage),
        },
      ];
    },
  };
}

const rawPeer: Peer = {
  name: "raw requests",
  commands: (step, { manifests }) => {
    const verb = { "preview without a change": "preview", destroy: "destroy" }[step as string];
    const script = join(import.meta.dirname, "raw.ts");
    return [{ program: process.execPath, args: [script, verb ?? "apply", manifests] }];
  },
};

function kubectlPeer(program: string): Peer {
  const file = (stage: Stage) => ["--filename", stage.list];
  return {
    name: "kubectl",
    commands: (step, stage) => {
      if (step === "preview without a change") {
        const args = ["diff", "--server-side", ...file(stage)];
        return [{ program, args, exitCodes: [0, 1] }];
      }
      if (step === "destroy") {
        return [{ program, args: ["delete", "--cascade=foreground", ...file(stage)] }];
      }
      return [
        { program, args: ["apply", "--server-side", ...file(stage)] },
        { program, args: ["rollout", "status", "deployment", `--timeout=${LIMIT}`] },
      ];
    },
  };
}

function helmPeer(program: string, folder: string): Peer {
  const chart = join(folder, "chart");
  const upgrade = ["upgrade", "--install", "bench", chart, "--timeout", LIMIT];
  return {
    name: "helm",
    commands: (step, stage) => {
      // The chart is the list of objects as its only template.
      const args = ["-c", 'cp "$0" "$1"', stage.list, join(chart, "templates", "all.json")];
      const chosen = { program: "sh", args };
      if (step === "preview without a change") {
        return [chosen, { program, args: [...upgrade, "--dry-run=server"] }];
      }
      if (step === "destroy") {
        return [{ program, args: ["uninstall", "bench", "--wait", "--timeout", LIMIT] }];
      }
      return [chosen, { program, args: [...upgrade, "--wait"] }];
    },
  };
}
