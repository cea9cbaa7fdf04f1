import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { checkout } from "../../../local/paths.ts";

/** A repository with the files of this checkout as they are now, committed on `main`. */
export class Repository {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes it. The dependencies are those of this checkout. */
  async create(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    const { stdout } = await execa("git", args, { cwd: checkout });
    const { stdout: deleted } = await execa("git", ["ls-files", "--deleted", "-z"], {
      cwd: checkout,
    });
    const gone = new Set(deleted.split("\0"));
    for (const name of stdout.split("\0").filter((it) => it !== "" && !gone.has(it))) {
      const target = join(this.folder, name);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(join(checkout, name), target);
    }
    // A link is no folder, so that the pattern of a folder does not ignore it.
    writeFileSync(
      join(this.folder, ".gitignore"),
      readFileSync(join(checkout, ".gitignore"), "utf8").replace("node_modules/", "node_modules"),
    );
    symlinkSync(join(checkout, "node_modules"), join(this.folder, "node_modules"));
    await this.git("init", "--quiet", "--initial-branch=main");
  }

  /** Runs Git in it. */
  async git(...args: readonly string[]): Promise<string> {
    const author = ["-c", "user.name=ada", "-c", "user.email=ada@example.com"];
    const { stdout } = await execa("git", [...author, ...args], { cwd: this.folder });
    return stdout;
  }

  /** Commits everything and returns the commit. */
  async commit(message: string): Promise<string> {
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  /** Changes a file. */
  edit(name: string, change: (text: string) => string): void {
    const path = join(this.folder, name);
    const before = readFileSync(path, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`Nothing changes in ${name}`);
    writeFileSync(path, after);
  }
}
