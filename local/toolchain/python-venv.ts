import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PythonRecipe } from "./recipes.ts";
import { runChild } from "./run-child.ts";
import { pinDirectory } from "./sources.ts";

/**
 * Makes a virtual environment with the pinned packages. Its scripts name their own folder, so it
 * is made where it stays; only the marker its caller writes afterwards makes it count.
 */
export async function buildPythonRecipe(
  recipe: PythonRecipe,
  python: string,
  directory: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await runChild({ command: python, args: ["-m", "venv", directory], signal, limitSeconds: 300 });

  const requirements = join(pinDirectory(recipe), "requirements.txt");
  await runChild({
    command: join(directory, "bin", "python"),
    args: [
      ...[
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        "--no-cache-dir",
      ],
      ...["--require-hashes", "--only-binary", ":all:", "--requirement", requirements],
    ],
    signal,
  });
}
