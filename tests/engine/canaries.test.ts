import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SchedulingV1Api } from "@kubernetes/client-node";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { found } from "../shared/needles.ts";
import { filesBelow } from "./files-below.ts";
import { changeNode, listNodes, nameOf } from "./nodes.ts";
import { canaryValues, RENDERED } from "./programs/canaries/places.ts";
import {
  core,
  environment,
  config as kubeConfig,
  paths,
  pulumi,
  stackConfig,
  toolchain,
} from "./rig.ts";

// The program has every place twice: what is secret may be found nowhere, and what is not must be found, or the output
// would not show it anyway.
const cwd = join(import.meta.dirname, "programs", "canaries");
const stack = ["--stack", "dev"];
const scratch = mkdtempSync(join(tmpdir(), "canaries-"));
const scheduling = kubeConfig.makeApiClient(SchedulingV1Api);
const POOL = "example.com/pool";

const [secrets, changedSecrets] = [canaryValues("quiet"), canaryValues("quiet, changed")];
const [open, changedOpen] = [canaryValues("open"), canaryValues("open, changed")];
const priorityClasses = [secrets, open].map((values) => values["priority-class"] ?? "");

const outputs = new Map<string, string>();
const removals: (() => void)[] = [];

/** The program's configuration, with the values of both kinds. */
async function configured(
  secret: object,
  values: object,
  refused = false,
): Promise<readonly string[]> {
  const changes = { open: values, refused };
  const options = ["--config-file", stackConfig(changes, cwd, (it) => removals.push(it)), ...stack];
  const input = JSON.stringify(secret);
  const args = ["config", "set", "--secret", "secret", ...options];
  await execa(toolchain.paths.pulumi, args, { cwd, env: environment, input });
  return options;
}

async function collect(
  name: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<void> {
  const { output } = await pulumi(args, { cwd, env, timeoutSeconds: 400 });
  outputs.set(name, output);
}

/** The command lines of all processes there are until something ends. */
async function commandLinesDuring(during: Promise<unknown>): Promise<string> {
  const lines = new Set<string>();
  let running = true;
  const ended = during.finally(() => {
    running = false;
  });
  while (running) {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      lines.add(commandLine(pid));
    }
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  return [...lines].join("\n");
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return ""; // It has ended.
  }
}

/** The events of the engine without those for debugging: in these Pulumi's SDK dumps every request with what is secret in it. */
function withoutDebugging(events: string): string {
  const lines = events.split("\n");
  return lines.filter((line) => !line.includes('"prefix":"debug: "')).join("\n");
}

async function labelNodes(values: readonly (string | null)[]): Promise<void> {
  const nodes = await listNodes();
  for (const [index, value] of values.entries()) {
    const node = nodes[index];
    if (node !== undefined) await changeNode(nameOf(node), { labels: { [POOL]: value } });
  }
}

beforeAll(async () => {
  await labelNodes([secrets["node-selector"] ?? "", open["node-selector"] ?? ""]);
  for (const name of priorityClasses) {
    await scheduling.createPriorityClass({ body: { metadata: { name }, value: 1 } });
  }
  await pulumi(["stack", "init", "dev", "--no-select"], { cwd });
  const same = await configured(secrets, open);
  const changed = await configured(changedSecrets, changedOpen);
  const refused = await configured(secrets, open, true);

  await collect("preview", ["preview", ...same]);
  await collect("preview --diff", ["preview", "--diff", ...same]);
  await collect("preview --json", ["preview", "--json", ...same]);
  await collect("validation errors", ["preview", ...refused]);
  const events = join(scratch, "events.json");
  const control = execa(
    process.execPath,
    ["-e", "process.stdin.resume()", ...Object.values(open)],
    {
      reject: false,
    },
  );
  const update = ["up", "--yes", "--skip-preview", "--diff", "--continue-on-error", ...same];
  const up = collect("up", [...update, "--event-log", events], { PULUMI_DEBUG_COMMANDS: "true" });
  outputs.set("command lines", await commandLinesDuring(up));
  control.kill();
  outputs.set("event log", withoutDebugging(readFileSync(events, "utf8")));
  await collect("preview --diff of a change", ["preview", "--diff", ...changed]);
  await collect("refresh --diff", ["refresh", "--preview-only", "--diff", ...same]);
  await collect("stack output", ["stack", "output", ...stack]);
  await collect("stack output --json", ["stack", "output", "--json", ...stack]);
  await collect("stack export", ["stack", "export", ...stack]);
  await collect("stack history", ["stack", "history", "--json", ...stack]);
  outputs.set("files of the state", filesBelow(paths.pulumiState));
  outputs.set("logs of the cluster", filesBelow(paths.logs));
  const { items } = await core.listEventForAllNamespaces();
  const ours = items.filter(({ metadata }) => metadata.namespace?.startsWith("canaries-"));
  outputs.set("events of Kubernetes", JSON.stringify(ours));
}, 1_200_000);

afterAll(async () => {
  await pulumi(["destroy", "--yes", "--skip-preview", ...stack], { cwd, timeoutSeconds: 170 });
  for (const name of priorityClasses) await scheduling.deletePriorityClass({ name });
  await labelNodes([null, null]);
  for (const remove of removals) remove();
  rmSync(scratch, { recursive: true });
}, 200_000);

/**
 * Names that Kubernetes and its provider repeat where Pulumi hides nothing: the provider's messages about a Deployment have the
 * image that cannot be pulled, and `managedFields` has the names of pull secrets as keys.
 */
const REPEATED = ["image", "pull-secret"];

/**
 * In how many places at least the values that nothing protects are found, by output. The cluster's logs and events show no
 * values of either kind: controllers and simulated nodes name objects alone.
 */
const SHOWN = {
  preview: 2,
  "preview --diff": 45,
  "preview --json": 45,
  "preview --diff of a change": 45,
  "validation errors": 4,
  up: 45,
  "event log": 45,
  "command lines": 45,
  "refresh --diff": 1,
  "stack output": 2,
  "stack output --json": 2,
  "stack export": 45,
  "stack history": 45,
  "files of the state": 45,
};

describe("secrets of the configuration", () => {
  test("are found in none of the outputs", async ({ annotate }) => {
    const leaks = [...outputs].flatMap(([name, text]) =>
      [secrets, changedSecrets].flatMap((it) =>
        found(text, without(it, REPEATED)).map((how) => `${name}: ${how}`),
      ),
    );
    const names = [...outputs.keys()];
    const sought = new Set(Object.values(without(secrets, REPEATED)));

    await annotate(
      `Canaries: ${leaks.length} findings of ${sought.size} secrets in ${names.length} outputs (${names.join(", ")}), ` +
        `and besides in what is rendered (${RENDERED.join(", ")})`,
      "figure",
    );
    expect(leaks).toEqual([]);
    expect(sought.size).toBeGreaterThanOrEqual(60);
    expect(names.length).toBeGreaterThanOrEqual(12);
  });

  test.each(Object.entries(SHOWN))("are found in %s where nothing protects them", (name, least) => {
    const text = outputs.get(name) ?? "";
    const places = [open, changedOpen].flatMap((it) => found(text, it));

    expect(new Set(places.map((it) => it.split(", ")[0])).size).toBeGreaterThanOrEqual(least);
  });

  test("are hidden in what is said of Pods that do not become ready, and shown where nothing protects them", () => {
    const said = outputs.get("up") ?? "";
    const waiting = (backend: string) =>
      new RegExp(
        `Backend "${backend}" is not ready: .*\\s+Pod \\S+ is Pending: container ${backend} is waiting: ` +
          "ImagePullBackOff, Back-off pulling image (\\S+)",
      ).exec(said)?.[1];

    expect(waiting("quiet-failing")).toBe("[secret]");
    expect(waiting("open-failing")).toBe(`example/web:${open["image"]}`);
    expect(said).toContain('"quiet-foreign": args.target.selector is [secret]=[secret], must be');
    expect(said).toContain(
      `"open-foreign": args.target.selector is app=${open["selector"]}, must be`,
    );
  });
});

function without(values: Readonly<Record<string, string>>, places: readonly string[]) {
  return Object.fromEntries(Object.entries(values).filter(([place]) => !places.includes(place)));
}
