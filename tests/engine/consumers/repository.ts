import { join } from "node:path";
import { execa } from "execa";
import { checkout } from "../../../local/paths.ts";

/** Makes a bare repository in a folder, whose one commit has the files of the checkout as they are now. @returns what npm installs it by */
export async function repositoryIn(folder: string): Promise<string> {
  const bare = join(folder, "repository.git");
  const git = (...args: readonly string[]) => execa("git", ["--git-dir", bare, ...args]);
  await git("init", "--quiet", "--bare");
  await git("--work-tree", checkout, "add", "--all");
  const { stdout: tree } = await git("write-tree");
  const author = ["-c", "user.name=nobody", "-c", "user.email=nobody@localhost"];
  const { stdout: commit } = await git(...author, "commit-tree", "-m", "Checkout", tree);
  await git("update-ref", "HEAD", commit);
  return `git+file://${bare}`;
}
