import { report } from "../../local/terminal.ts";
import { ensureToolchain } from "../../local/toolchain/ensure-toolchain.ts";
import type { TestToolName } from "../../local/toolchain/recipes.ts";

/** The path of a judge, which is built where it is missing. */
export async function judge(tool: TestToolName): Promise<string> {
  const { paths } = await ensureToolchain({ tools: [tool], report });
  return paths[tool];
}
