import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, sep } from "node:path";
import { execa } from "execa";
import { checkout } from "../local/paths.ts";

/** A fresh clone of this checkout's last commit, for a user who has nothing yet. */
export interface BareMachine {
  /** All that a command in the clone writes lies below it. */
  readonly folder: string;
  readonly clone: string;
  readonly env: NodeJS.ProcessEnv;
  readonly remove: () => Promise<void>;
}

/** What a script of npm is told of the npm that runs it; only what says how the registry is reached is true of another one. */
const ofThisNpm = /^npm_(?!config_(registry|cafile|proxy|https_proxy|noproxy)$)/i;
/** Where a user keeps caches and settings, besides the home folder. */
const ofThisUser = /^(XDG_|PULUMI_|GOPATH$|GOCACHE$|GOMODCACHE$|GOENV$|PIP_CACHE_DIR$)/;

/** An environment of a user with another home, whose registries are reached as they are here. */
export function bareEnvironment(
  env: NodeJS.ProcessEnv,
  home: string,
  temporary: string,
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !ofThisNpm.test(name) && !ofThisUser.test(name),
  );
  const folders = (env["PATH"] ?? "").split(delimiter);
  const path = folders.filter((folder) => !folder.split(sep).includes("node_modules"));
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    TMPDIR: temporary,
    PATH: path.join(delimiter),
  };
}

/** Makes the clone and an empty home. */
export async function bareMachine(): Promise<BareMachine> {
  const folder = await mkdtemp(join(tmpdir(), "bare-"));
  const [clone, home, temporary] = ["clone", "home", "tmp"].map((name) => join(folder, name));
  if (!clone || !home || !temporary) throw new Error("no folders");
  await mkdir(home);
  await mkdir(temporary);
  const limits = { timeout: 120_000, cleanup: false };
  await execa("git", ["clone", "--quiet", "--no-local", checkout, clone], limits);
  return {
    folder,
    clone,
    env: bareEnvironment(process.env, home, temporary),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}
