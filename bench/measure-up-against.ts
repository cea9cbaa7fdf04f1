import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { engineEnvironment } from "../local/engine/environment.ts";
import { privateFolder } from "../local/files/private-folder.ts";
import { checkout, localPaths } from "../local/paths.ts";
import { report } from "../local/terminal.ts";
import { ensureToolchain, type Toolchain } from "../local/toolchain/ensure-toolchain.ts";
import { onFreshCluster } from "./on-fresh-cluster.ts";
import { howTaken, writeResult } from "./result.ts";
import { median } from "./rounds.ts";

const ROUNDS = 10;
const COUNTS = [1, 10] as const;
const PROJECT = "bench-up-against";
const MANIFEST = `name: ${PROJECT}\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false } }\n`;

/** Deploys Backends with the components of the checkout in which it lies. */
const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import { Backend } from "../../components/index.ts";

for (let number = 0; number < new pulumi.Config().requireNumber("count"); number += 1) {
  new Backend(\`bench-\${number}\`, {
    namespace: "default",
    image: "example/web:1",
    ports: [{ name: "http", containerPort: 8080, port: 80 }],
    readinessProbe: { httpGet: { path: "/", port: "http" } },
  });
}
`;

const paths = localPaths(".local/bench");

/** The seconds of `up` in one round, here and in the other checkout. */
interface Pair {
  readonly here: number;
  readonly other: number;
}

/**
 * How long `up` of one and of ten Backends takes with the components of this checkout and of another one: on the same cluster, with
 * the same engine, in turn, and each of them first in every second round.
 *
 * @param other - the folder of the other checkout, whose dependencies are installed
 */
export async function measureUpAgainst(other: string | undefined): Promise<void> {
  if (other === undefined || !existsSync(join(other, "node_modules"))) {
    throw new Error(
      "Cannot measure up-against: name the folder of a checkout whose dependencies are installed",
    );
  }
  const folders = { here: programIn(checkout), other: programIn(resolve(other)) };
  const toolchain = await ensureToolchain({ report });
  try {
    await onFreshCluster(paths, { toolchain, report }, async () => {
      const results = [];
      for (const count of COUNTS) {
        results.push({ backends: count, ...summary(await measure(toolchain, folders, count)) });
      }
      writeResult("up-against", { what: WHAT, how: HOW, ...howTaken(), results });
    });
  } finally {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
  }
}

const WHAT =
  "wall seconds of `pulumi up --skip-preview` of one and of ten Backends from nothing, with the components of two checkouts";
const HOW = `${ROUNDS} pairs after one warm-up, on the embedded cluster with simulated nodes; difference is that of each pair, here less other`;

/** Writes the program into a checkout, where it gets that checkout's components and packages. */
function programIn(folder: string): string {
  const program = join(folder, ".local", "bench-up-against");
  privateFolder(join(folder, ".local"));
  privateFolder(program);
  writeFileSync(join(program, "Pulumi.yaml"), MANIFEST);
  writeFileSync(join(program, "index.ts"), PROGRAM);
  writeFileSync(join(program, "package.json"), '{ "type": "module", "main": "index.ts" }\n');
  return program;
}

async function measure(
  toolchain: Toolchain,
  folders: Readonly<Record<keyof Pair, string>>,
  count: number,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  const stack = (side: keyof Pair) => `${side}-${count}`;
  const pulumi = (side: keyof Pair, ...args: readonly string[]) =>
    execa(toolchain.paths.pulumi, [...args, "--stack", stack(side), "--non-interactive"], {
      cwd: folders[side],
      env: engineEnvironment(paths, toolchain, paths.kubeconfig),
      stdin: "ignore",
      timeout: 300_000,
    });
  for (const side of ["here", "other"] as const) {
    await pulumi(side, "stack", "init", "--no-select");
    await pulumi(side, "config", "set", "count", String(count));
  }
  for (let round = 0; round <= ROUNDS; round += 1) {
    const order = round % 2 === 0 ? (["here", "other"] as const) : (["other", "here"] as const);
    const taken = { here: 0, other: 0 };
    for (const side of order) {
      const start = performance.now();
      await pulumi(side, "up", "--yes", "--skip-preview");
      taken[side] = (performance.now() - start) / 1000;
      await pulumi(side, "destroy", "--yes", "--skip-preview");
    }
    report(`round ${round}: here ${taken.here.toFixed(2)} s, other ${taken.other.toFixed(2)} s`);
    if (round > 0) pairs.push(taken);
  }
  return pairs;
}

function summary(pairs: readonly Pair[]) {
  return {
    medianSeconds: {
      here: middle(pairs.map(({ here }) => here)),
      other: middle(pairs.map(({ other }) => other)),
      difference: middle(pairs.map(({ here, other }) => here - other)),
    },
    pairs,
  };
}

const middle = (values: readonly number[]): number => Number(median(values).toFixed(2));
