import { dirname, join } from "node:path/posix";
import ts from "typescript";
import type { Source } from "./structure.ts";

/** A folder that does not import from another one. Paths are those of the checkout, and begin with what is named. */
export interface Border {
  readonly from: string;
  readonly to: string;
  /** What may be imported all the same. */
  readonly except?: string;
  /** Why, as the end of the problem. */
  readonly why: string;
}

/** The borders of this checkout, apart from those inside `components/`. */
export const BORDERS: readonly Border[] = [
  { from: "bench/", to: "tests/", except: "tests/shared/", why: "share it in tests/shared/" },
  { from: "tests/shared/", to: "tests/", except: "tests/shared/", why: "suites import it" },
  { from: "local/nodes/", to: "local/cluster/", why: "the cluster starts its nodes" },
  { from: "components/", to: "local/", why: "the package has no local cluster" },
  { from: "testing/", to: "local/", why: "the package has no local cluster" },
  { from: "plugin/", to: "local/", why: "the package has no local cluster" },
];

/** Every import that crosses a border, one line each. */
export function borderProblems(
  sources: readonly Source[],
  borders: readonly Border[] = BORDERS,
): readonly string[] {
  return sources.flatMap(({ path, text }) => {
    const { importedFiles } = ts.preProcessFile(text, true, true);
    const relative = importedFiles.filter(({ fileName }) => fileName.startsWith("."));
    const files = relative.map(({ fileName }) => join(dirname(path), fileName));
    return borders
      .filter(({ from }) => path.startsWith(from))
      .flatMap(({ to, except, why }) =>
        files
          .filter((file) => file.startsWith(to) && !(except && file.startsWith(except)))
          .map((file) => `${path} imports ${file}; ${why}`),
      );
  });
}

/** The highest number of lines of the program that shows the components. */
const SHOWCASE_LINES = 80;

/** In what the program that shows the components is more than a program of a user: its size, and what it imports. */
export function showcaseProblems(text: string): readonly string[] {
  const lines = text.split("\n").length - 1;
  const imported = ts.preProcessFile(text, true, true).importedFiles.map((it) => it.fileName);
  const others = imported.filter(
    (name) => name.startsWith(".") && !["./components/index.ts", "./config.ts"].includes(name),
  );
  return [
    ...(lines > SHOWCASE_LINES
      ? [`index.ts has ${lines} lines, at most ${SHOWCASE_LINES} are allowed`]
      : []),
    ...others.map((name) => `index.ts imports ${name}; it shows the components alone`),
  ];
}
