import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { type Manifest, type RenderOptions, renderManifests, SECRET } from "../testing/index.ts";
import { PROJECT } from "./engine/stack.ts";
import { UserError } from "./errors.ts";
import { checkout } from "./paths.ts";

/** The manifests of one of this checkout's stacks, from the program itself, with no cluster and no engine. */
export async function renderStack(stack: string): Promise<Manifest[]> {
  const options = { project: PROJECT, stack, ...readStackFile(stack) };
  return renderManifests(() => import("../index.ts"), options);
}

/** The stack's configuration from its file: texts as they are, everything else as JSON, as the engine hands it to a program. */
function readStackFile(stack: string): Required<Pick<RenderOptions, "config" | "secretKeys">> {
  const path = join(checkout, `Pulumi.${stack}.yaml`);
  if (!existsSync(path)) {
    throw new UserError(
      `Cannot render stack "${stack}": there is no Pulumi.${stack}.yaml; the stacks here are ${stacksHere().join(", ")}`,
    );
  }
  const entries = Object.entries(parseStackFile(path));
  const secretKeys = entries.filter(([, value]) => isSecure(value)).map(([key]) => key);
  const config = entries.map(([key, value]) => [key, textOf(value)] as const);
  return { config: Object.fromEntries(config), secretKeys };
}

function parseStackFile(path: string): Record<string, unknown> {
  try {
    const { config } = (parse(readFileSync(path, "utf8")) ?? {}) as {
      config?: Record<string, unknown>;
    };
    return config ?? {};
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    // Its message repeats the line, and that may be a password.
    const [{ line } = { line: 1 }] = error.linePos ?? [];
    throw new UserError(`Cannot read ${path}: line ${line} is no YAML (${error.code}); correct it`);
  }
}

function stacksHere(): string[] {
  return readdirSync(checkout).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
}

/** An encrypted value, which only the stack's passphrase or key service opens. */
function isSecure(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

/** Whatever is encrypted, on its own or inside something else, is rendered as what stands for secrets. */
function textOf(value: unknown): string {
  if (isSecure(value)) return SECRET;
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_, inside: unknown) => (isSecure(inside) ? SECRET : inside));
}
