import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { checkout } from "../../local/paths.ts";
import type { Report } from "../../preview/report.ts";
import { deployment, namespace, type Program, service, settings } from "../preview/programs.ts";
import { core, environment, paths, pulumi, toolchain } from "./rig.ts";

// The program in a repository of its own, so that what other tests write is not in its fingerprint.
const folder = join(paths.root, "preview-up");
const objects = join(folder, "objects.json");
const approved = join(paths.root, "approved.json");
const NAMESPACE = "preview-up";
const MILLISECONDS = 900_000;

const before: Program = {
  objects: [namespace, settings("one"), settings("x", "kept"), deployment()],
};
const after: Program = {
  objects: [namespace, settings("one"), deployment({ replicas: 5 }), service({})],
};
const program = (...more: Program["objects"]): Program => ({
  objects: [...after.objects, ...more],
});

/** Writes what the program declares. */
const declare = (declared: Program): void =>
  writeFileSync(objects, JSON.stringify(declared).replaceAll("$ns", NAMESPACE));

const engine = (...args: readonly string[]) =>
  pulumi(args, { cwd: folder, env: { PREVIEW_OBJECTS: objects } });

/** Runs the gate on the program's stack. */
async function gate(args: readonly string[], env: Record<string, string> = {}) {
  const { all, exitCode } = await execa(
    "node",
    [join(checkout, "preview/main.ts"), ...args, "--stack", "dev"],
    {
      cwd: folder,
      env: { ...environment, PREVIEW_OBJECTS: objects, ...env },
      all: true,
      reject: false,
      timeout: 120_000,
    },
  );
  return { exitCode, output: all };
}

const approve = () => gate(["check", "--out", `json=${approved}`]);
const apply = (env: Record<string, string> = {}, ...more: readonly string[]) =>
  gate(["up", "--approved", approved, ...more], env);

const edit = (path: string, change: (text: string) => string): void =>
  writeFileSync(path, change(readFileSync(path, "utf8")));

/** An engine that does something before it updates. */
function engineThatFirst(command: string): readonly string[] {
  const script = join(paths.root, "engine-that-first");
  writeFileSync(
    script,
    `#!/bin/sh\n[ "$1" = up ] && ${command}\nexec '${toolchain.paths.pulumi}' "$@"\n`,
  );
  chmodSync(script, 0o700);
  return ["--pulumi", script];
}

/** What happens between the approval and the update, what takes it back, and what the refusal says. */
interface Mutation {
  readonly what: string;
  readonly make: () => unknown;
  readonly undo: () => unknown;
  readonly says: string;
  readonly exitCode?: number;
  readonly env?: Record<string, string>;
  readonly args?: readonly string[];
}

const declaring = (what: string, declared: Program): Mutation => ({
  what,
  make: () => declare(declared),
  undo: () => declare(after),
  says: "the operations changed",
});

/** The whole state, put back afterwards. */
const STATE = join(paths.root, "state.json");
const inState = (what: string, args: readonly string[]): Mutation => ({
  what,
  make: () => engine(...args),
  undo: () => engine("stack", "import", "--force", "--stack", "dev", "--file", STATE),
  says: "the stack's state",
});

const inFile = (
  what: string,
  name: string,
  change: (text: string) => string,
  says: string,
): Mutation => {
  let text = "";
  const path = join(folder, name);
  return {
    what,
    make: () => {
      text = readFileSync(path, "utf8");
      writeFileSync(path, change(text));
    },
    undo: () => writeFileSync(path, text),
    says,
  };
};

const inApproval = (what: string, change: (report: Report) => unknown, says: string): Mutation => {
  let text = "";
  return {
    what,
    make: () => {
      text = readFileSync(approved, "utf8");
      writeFileSync(approved, JSON.stringify(change(JSON.parse(text))));
    },
    undo: () => writeFileSync(approved, text),
    says,
  };
};

const urn = (type: string, name: string): string =>
  `urn:pulumi:dev::preview::kubernetes:${type}::${name}`;
const git = (...args: readonly string[]) =>
  execa("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], {
    cwd: folder,
  });
const untracked = join(folder, "untracked.ts");

const mutations: readonly Mutation[] = [
  declaring("another number of replicas", {
    objects: [namespace, settings("one"), deployment({ replicas: 6 }), service({})],
  }),
  declaring("another image", {
    objects: [
      namespace,
      settings("one"),
      deployment({ replicas: 5 }, `registry.example/other@sha256:${"f".repeat(64)}`),
      service({}),
    ],
  }),
  declaring("one object more", program(settings("y", "more"))),
  declaring("one object less", { objects: after.objects.slice(0, 3) }),
  declaring("another port of an object that is created", {
    objects: [...after.objects.slice(0, 3), service({ ports: [{ port: 81 }] })],
  }),
  declaring("a deletion less", program(settings("x", "kept"))),
  declaring("a deletion more", {
    objects: after.objects.filter(({ name }) => name !== "settings"),
  }),
  declaring("an object that stays is changed", {
    objects: [namespace, settings("two"), ...after.objects.slice(2)],
  }),
  inFile("a changed program", "index.ts", (text) => `${text}\n// changed\n`, "the program changed"),
  {
    what: "another file of the program",
    make: () => writeFileSync(untracked, "1"),
    undo: () => rmSync(untracked),
    says: "the program changed",
  },
  {
    what: "another commit",
    make: () =>
      git("commit", "--quiet", "--allow-empty-message", "-m", "", "--allow-empty").then(() =>
        edit(join(folder, ".gitignore"), (text) => `${text}x\n`),
      ),
    undo: () => edit(join(folder, ".gitignore"), (text) => text.slice(0, -2)),
    says: "the program changed",
  },
  inFile(
    "another setting",
    "Pulumi.dev.yaml",
    (text) => stringify({ ...parse(text), config: { "preview:a": "b" } }),
    "the configuration",
  ),
  {
    ...inState("a resource is protected", [
      "state",
      "protect",
      "--yes",
      "--stack",
      "dev",
      urn("core/v1:ConfigMap", "kept"),
    ]),
    says: "cannot be deleted because it is protected",
    exitCode: 2,
  },
  inState("a resource is renamed in the state", [
    "state",
    "rename",
    "--yes",
    "--stack",
    "dev",
    urn("core/v1:ConfigMap", "kept"),
    "renamed",
  ]),
  inState("a resource is dropped from the state", [
    "state",
    "delete",
    "--yes",
    "--stack",
    "dev",
    urn("core/v1:ConfigMap", "kept"),
  ]),
  {
    what: "another update",
    make: async () => {
      declare({ objects: [...before.objects, settings("z", "other")] });
      await engine("up", "--yes", "--skip-preview", "--stack", "dev");
      declare(after);
    },
    undo: async () => {
      declare(before);
      await engine("up", "--yes", "--skip-preview", "--stack", "dev");
      await engine("stack", "import", "--force", "--stack", "dev", "--file", STATE);
      declare(after);
    },
    says: "the stack's state",
  },
  {
    what: "a cluster that does not answer",
    make: () => undefined,
    undo: () => undefined,
    env: { KUBECONFIG: join(paths.root, "down") },
    says: "Not every cluster",
    exitCode: 2,
  },
  {
    what: "a policy that is violated now",
    make: () => undefined,
    undo: () => undefined,
    env: { PREVIEW_POLICY: "throws" },
    args: ["--policy-pack", join(checkout, "tests/engine/programs/policies")],
    says: "its preview does not pass now",
    exitCode: 2,
  },
  inApproval(
    "an approval of another stack",
    (report) => ({ ...report, stacks: report.stacks.map((it) => ({ ...it, stack: "prod" })) }),
    "has no such stack",
  ),
  inApproval(
    "an approval that does not pass",
    (report) => ({ ...report, stacks: report.stacks.map((it) => ({ ...it, verdict: "blocked" })) }),
    "its approved report does not pass",
  ),
  inApproval(
    "an approval of another preview",
    (report) => ({
      ...report,
      stacks: report.stacks.map((it) => ({
        ...it,
        fingerprint: { ...it.fingerprint, digest: "0" },
      })),
    }),
    "its fingerprint changed",
  ),
];

describe("an approved update", { timeout: MILLISECONDS }, () => {
  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(checkout, "tests/engine/programs/preview"), folder, { recursive: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, ".gitignore"), "objects.json\n");
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
    await git("init", "--quiet");
    await git("add", ".");
    await git("commit", "--quiet", "-m", "A program");
    writeFileSync(
      join(paths.root, "down"),
      readFileSync(paths.kubeconfig, "utf8").replace(/(127\.0\.0\.1):\d+/, "$1:9"),
    );
    await engine("stack", "init", "dev", "--no-select");
    declare(before);
    const { exitCode, output } = await engine("up", "--yes", "--skip-preview", "--stack", "dev");
    expect(exitCode, output).toBe(0);
    await engine("stack", "export", "--stack", "dev", "--file", STATE);
    declare(after);
    const approval = await approve();
    expect(approval.exitCode, approval.output).toBe(0);
    return async () => {
      await engine("stack", "rm", "--yes", "--force", "--preserve-config", "--stack", "dev");
      rmSync(folder, { recursive: true });
      await core.deleteNamespace({ name: NAMESPACE });
    };
  });

  test.each(mutations)(
    "is refused after $what, and nothing is applied",
    async ({ args = [], env = {}, exitCode = 1, make, says, undo }) => {
      await make();
      const { body } = await objectsThere();
      const run = await apply(env, ...args);
      const left = await objectsThere();
      await undo();

      expect(run.output).toContain("Refused to update");
      expect(run.output).toContain(says);
      expect(run.exitCode, run.output).toBe(exitCode);
      expect(left.body).toEqual(body);
    },
  );

  test("counts at least 20 kinds of changes in between", ({ annotate }) => {
    expect(mutations.length).toBeGreaterThanOrEqual(20);
    void annotate(
      `Changes between approval and update: ${mutations.length}, all refused`,
      "figure",
    );
  });

  test("does nothing that was not approved when the program changes after the last look", async () => {
    const other = join(paths.root, "other.json");
    writeFileSync(
      other,
      JSON.stringify(program(settings("y", "stowaway"))).replaceAll("$ns", NAMESPACE),
    );

    const run = await apply({}, ...engineThatFirst(`cp '${other}' '${objects}'`));
    const { body } = await objectsThere();
    await engine("stack", "import", "--force", "--stack", "dev", "--file", STATE);
    declare(after);

    expect(run.exitCode, run.output).toBe(2);
    expect(body).not.toContain("stowaway");
  });

  test("is applied, exactly as approved, when nothing has changed", async () => {
    declare(before);
    await engine("up", "--yes", "--skip-preview", "--refresh", "--stack", "dev");
    declare(after);
    await approve();

    const run = await apply();
    const { body } = await objectsThere();
    const again = await engine("preview", "--expect-no-changes", "--stack", "dev");

    expect(run.exitCode, run.output).toBe(0);
    expect(run.output).toContain("Applied the 3 approved operations to dev");
    expect(body).toEqual(["Service front", "settings"]);
    expect(again.exitCode, again.output).toBe(0);
  });
});

/** The objects of the program that can be seen in its namespace. */
async function objectsThere(): Promise<{ readonly body: readonly string[] }> {
  const maps = await core.listNamespacedConfigMap({ namespace: NAMESPACE });
  const services = await core.listNamespacedService({ namespace: NAMESPACE });
  const names = [
    ...maps.items.map(({ metadata }) => metadata?.name ?? ""),
    ...services.items.map(({ metadata }) => `Service ${metadata?.name}`),
  ];
  return { body: names.filter((name) => name !== "kube-root-ca.crt").sort() };
}
