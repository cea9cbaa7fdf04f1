import { globSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, relative } from "node:path";
import type { normalizeLoadBalancer } from "../../../../components/load-balancer/normalize.ts";
import type { dialectOf } from "../../../../components/load-balancer/registry.ts";

/** What the tables are held against. */
export interface Code {
  readonly normalizeLoadBalancer: typeof normalizeLoadBalancer;
  readonly dialectOf: typeof dialectOf;
}

type Module = Record<string, unknown>;
type Require = (specifier: string) => Module;
type Body = (require: Require, exports: Module) => void;

const FOLDER = join(import.meta.dirname, "../../../../components/load-balancer");

/**
 * The modules of the load balancers, linked by ourselves, so that one of them can be another text: hundreds of times a
 * minute, in this process. What they import from elsewhere is what everybody imports.
 */
export class Linked {
  readonly #sources = new Map<string, string>();
  readonly #bodies = new Map<string, Body>();
  readonly #outside = new Map<string, Module>();

  /** Reads the modules, and imports whatever they import from elsewhere. */
  static async read(): Promise<Linked> {
    const linked = new Linked();
    for (const path of globSync("**/*.ts", { cwd: FOLDER })) {
      // Where there was a type is as much space: lines and columns stay what they are.
      const source = stripTypeScriptTypes(readFileSync(join(FOLDER, path), "utf8"));
      linked.#sources.set(path, source);
      linked.#bodies.set(path, bodyOf(source));
    }
    for (const [path, body] of linked.#bodies) {
      for (const specifier of specifiersOf(body)) {
        const file = specifier.startsWith(".") ? join(FOLDER, dirname(path), specifier) : specifier;
        if (!linked.#sources.has(relative(FOLDER, file)) && !linked.#outside.has(file)) {
          linked.#outside.set(file, await import(file));
        }
      }
    }
    return linked;
  }

  /** The files whose paths begin with one of these, with their texts without types. */
  filesOf(...starts: readonly string[]): readonly (readonly [path: string, source: string])[] {
    return [...this.#sources]
      .filter(([path]) => starts.some((start) => path.startsWith(start)))
      .sort();
  }

  /** The code as it is, but for one file. */
  with(changed: string, source: string): Code {
    const bodies = new Map(this.#bodies).set(changed, bodyOf(source));
    return this.#link(bodies);
  }

  /** The code as it is. */
  unchanged(): Code {
    return this.#link(this.#bodies);
  }

  /** The dialect files that a file is part of, itself among them, by what they import. */
  usersOf(file: string): ReadonlySet<string> {
    const users = new Set([file]);
    for (let size = 0; size < users.size; ) {
      size = users.size;
      for (const [path, body] of this.#bodies) {
        const uses = specifiersOf(body).map((it) =>
          relative(FOLDER, join(FOLDER, dirname(path), it)),
        );
        if (uses.some((it) => users.has(it))) {
          users.add(path);
        }
      }
    }
    return users;
  }

  #link(bodies: ReadonlyMap<string, Body>): Code {
    const modules = new Map<string, Module>();
    const load = (path: string): Module => {
      const known = modules.get(path);
      const body = bodies.get(path);
      if (known !== undefined || body === undefined) {
        return known ?? {};
      }
      const exports: Module = {};
      modules.set(path, exports);
      body((specifier) => {
        const file = specifier.startsWith(".") ? join(FOLDER, dirname(path), specifier) : specifier;
        return this.#outside.get(file) ?? load(relative(FOLDER, file));
      }, exports);
      return exports;
    };
    return { ...load("normalize.ts"), ...load("registry.ts") } as unknown as Code;
  }
}

/** Runs a module's text without a compiler: a text that differs in one place would cost it as much as a whole file. */
function bodyOf(source: string): Body {
  const names: string[] = [];
  const text = source
    .replaceAll(/^import \{([^}]*)\} from ("[^"]+");$/gm, (_, imported: string, from: string) => {
      const bound = imported.replaceAll(" as ", ": ");
      return `const {${bound}} = require(${from});`;
    })
    .replaceAll(/^import \* as (\w+) from ("[^"]+");$/gm, "const $1 = require($2);")
    .replaceAll(/^export ((?:async )?function|class|const) (\w+)/gm, (_, kind, name: string) => {
      names.push(name);
      return `${kind} ${name}`;
    });
  const exported = names.map((name) => `exports.${name} = ${name};`).join("\n");
  return new Function("require", "exports", `"use strict";\n${text}\n${exported}`) as Body;
}

function specifiersOf(body: Body): readonly string[] {
  return [...body.toString().matchAll(/require\("([^"]+)"\)/g)].map(([, it]) => it ?? "");
}
