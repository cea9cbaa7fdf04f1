import { chmod, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { mirrorVariable, noReleases } from "../../../../local/toolchain/releases/mirror.ts";

/** A folder of our own with a stand-in for the Go compiler, the only program on PATH besides sh. */
export interface FakeGo {
  readonly cacheDirectory: string;
  /** The subcommands that were run so far, such as `build`. */
  readonly commands: () => Promise<string[]>;
  /** What `go build` does from now on. */
  readonly build: (script: string) => Promise<void>;
  /** The folder all of this is in. */
  readonly directory: string;
}

/** A build that writes an executable where `-o` says. */
export const succeeds = 'printf "#!/bin/sh\\n" > "$target" && chmod +x "$target"';

// It tells a version that is new enough for every graph.
const script = (directory: string): string => `#!/bin/sh
case "$*" in *" std") exit 0 ;; esac # the standard library
echo "$1" >> "${directory}/commands"
case "$1" in
  env) echo go1.99.0; echo local ;;
  build)
    while [ "$1" != "-o" ]; do shift; done
    target=$2
    . "${directory}/build.sh" ;;
esac
`;

/** Puts the stand-in on PATH, and official releases out of reach, until the test's environment is restored. */
export async function installFakeGo(): Promise<FakeGo> {
  const directory = await mkdtemp(join(tmpdir(), "fake-go-"));
  const bin = join(directory, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "go"), script(directory));
  await chmod(join(bin, "go"), 0o755);
  await writeFile(join(directory, "commands"), "");
  vi.stubEnv("PATH", `${bin}:/usr/bin:/bin`);
  vi.stubEnv(mirrorVariable, noReleases);

  const build = (text: string) => writeFile(join(directory, "build.sh"), `${text}\n`);
  await build(succeeds);
  return {
    directory,
    build,
    cacheDirectory: join(directory, "cache"),
    commands: async () => (await readFile(join(directory, "commands"), "utf8")).trim().split("\n"),
  };
}
