import { basename } from "node:path/posix";

const LINE = /^([\da-f]{64})(?:\s+\*?(\S+))?$/i;

/**
 * The SHA-256 digest that a publisher's text gives a file: of the line that names it, as sha256sum writes them, or a digest alone. Nothing
 * where the text names none.
 *
 * @see https://www.gnu.org/software/coreutils/manual/html_node/md5sum-invocation.html
 */
export function digestIn(text: string, fileName: string): string | undefined {
  const lines = text
    .split("\n")
    .map((line) => LINE.exec(line.trim()))
    .filter((line) => line !== null);
  const named = lines.find(([, , name]) => name !== undefined && basename(name) === fileName);
  const alone = lines.length === 1 && lines[0]?.[2] === undefined ? lines[0] : undefined;
  return (named ?? alone)?.[1]?.toLowerCase();
}
