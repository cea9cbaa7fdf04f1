import { topology } from "../../testing/index.ts";
import { renderStack } from "../render-stack.ts";

/** `npm run topology`: a stack's picture in Mermaid on stdout, from the same manifests as `npm run render`. */
export async function printTopology({ stack }: { readonly stack: string }): Promise<void> {
  process.stdout.write(topology(await renderStack(stack)));
}
