import { UsageError } from "../errors.ts";
import { askedKinds } from "../state/asked-kinds.ts";

const NAME = "where-is-my-pod";
const KINDS = askedKinds.map((it) => `${it.toLowerCase()}/`);

/**
 * The completion of a shell: options and kinds, without a request to a cluster.
 *
 * @throws UsageError if the shell is not known
 */
export function completionOf(shell: string, options: readonly string[]): string {
  const words = [...options, ...KINDS].join(" ");
  if (shell === "bash") return `complete -o nospace -W "${words}" ${NAME}\n`;
  if (shell === "zsh") return `#compdef ${NAME}\ncompadd -- ${words}\n`;
  if (shell === "fish") {
    const long = options.map((it) => `complete -c ${NAME} -l ${it.slice(2)}`);
    return `${[...long, `complete -c ${NAME} -a "${KINDS.join(" ")}"`].join("\n")}\n`;
  }
  throw new UsageError(`Cannot complete for ${shell}: must be bash, zsh or fish`);
}
