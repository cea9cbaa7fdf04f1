import { UserError } from "../errors.ts";
import { ChildFailedError, runChild } from "../toolchain/run-child.ts";

/** What registries say of a name: every version they serve. */
export interface Registries {
  readonly goModule: (name: string) => Promise<readonly string[]>;
  readonly npmPackage: (name: string) => Promise<readonly string[]>;
}

const LIMIT_SECONDS = 120;

/**
 * Asks the registries through the clients that this machine has, as they are set up.
 *
 * @param directory - where no go.mod and no package.json have a say
 */
export function openRegistries(directory: string, signal?: AbortSignal): Registries {
  const ask = async (command: string, args: readonly string[], cure: string) => {
    try {
      const limits = { cwd: directory, signal, limitSeconds: LIMIT_SECONDS };
      return await runChild({ command, args, ...limits });
    } catch (error) {
      if (!(error instanceof ChildFailedError)) throw error;
      const why = error.tail.at(-1);
      throw new UserError(
        `Cannot tell what is newest: ${[command, ...args].join(" ")} ${error.message.slice(command.length + 1)}${why ? ` (${why})` : ""}; ${cure}`,
      );
    }
  };
  return {
    goModule: async (name) => {
      const cure = "see to it that Go is on PATH and that GOPROXY names a proxy it can reach";
      const answer = await ask("go", ["list", "-m", "-versions", name], cure);
      return answer.trim().split(/\s+/).slice(1); // the name comes first
    },
    npmPackage: async (name) => {
      const cure = "see to it that npm can reach its registry (npm ping)";
      const answer = await ask("npm", ["view", name, "versions", "--json"], cure);
      const versions: unknown = JSON.parse(answer);
      return [versions].flat().map(String); // one version alone is no list
    },
  };
}
