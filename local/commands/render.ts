import { toYaml } from "../../testing/index.ts";
import { renderStack } from "../render-stack.ts";

/** `npm run render`: a stack's manifests as YAML on stdout. */
export async function render({ stack }: { readonly stack: string }): Promise<void> {
  process.stdout.write(toYaml(await renderStack(stack)));
}
