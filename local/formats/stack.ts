import { yamlText } from "./data.ts";
import { Fields } from "./fields.ts";

/** The engine drops a line's end at the start of a text. */
const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const LONGEST_LINE = 4096;

/** A stack's file: its configuration, and the salt of its secrets. */
export interface StackFile {
  readonly encryptionsalt?: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Writes a stack's file, as the engine reads it.
 *
 * @param name - name of the file, for messages
 * @throws UserError for a text of more than one line
 * @see https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/
 */
export function stackText(name: string, file: StackFile): string {
  const fields = new Fields(name);
  for (const [key, value] of Object.entries(file.config)) {
    if (typeof value === "string") {
      fields.matching(`config["${key}"]`, value, LINE, "one line", LONGEST_LINE);
    }
  }
  return yamlText(name, file);
}
