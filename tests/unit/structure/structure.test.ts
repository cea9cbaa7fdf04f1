import { describe, expect, test } from "vitest";
import { type Source, type Structure, structureProblems } from "../../structure/structure.ts";

const structure: Structure = {
  layers: [["low"], ["left", "right"], ["."]],
  rootEntries: 4,
  medianLines: 5,
  fileLines: 10,
  functionLines: 3,
  constructorLines: 4,
};

const file = (path: string, ...lines: string[]): Source => ({
  path,
  text: `${lines.join("\n")}\n`,
});

/** Sound sources: one file in each layer, each importing the one below. */
const SOUND = [
  file("index.ts", 'import { left } from "./left/left.ts";', 'import type { X } from "package";'),
  file("left/left.ts", 'export type { Low } from "../low/low.ts";'),
  file("right/right.ts", 'import("../low/low.ts");'),
  file("low/low.ts", 'import { other } from "./other.ts";'),
  file("low/other.ts", "export const other = 1;"),
];

const problemsWith = (...more: Source[]) =>
  structureProblems(
    [...SOUND.filter(({ path }) => !more.some((it) => it.path === path)), ...more],
    structure,
  );

describe("structureProblems", () => {
  test("structureProblems: finds nothing when every import leads down and every size is within its limit", () => {
    expect(problemsWith()).toEqual([]);
  });

  test("structureProblems: finds a circle of files when only a type closes it", () => {
    const closing = file("low/other.ts", 'import type { Low } from "./low.ts";');

    expect(problemsWith(closing)).toEqual([
      "circle of files: low/low.ts → low/other.ts → low/low.ts",
    ]);
  });

  test("structureProblems: finds a circle of folders, and the import that climbs, when no file is in a circle", () => {
    const climbing = file("low/third.ts", 'import { right } from "../right/right.ts";');

    expect(problemsWith(climbing)).toEqual([
      "circle of folders: low → right → low",
      "low/third.ts imports right/right.ts, which is not in a lower layer",
    ]);
  });

  test("structureProblems: finds an import that climbs when it makes no circle", () => {
    const sister = file("right/right.ts", 'import { left } from "../left/left.ts";');

    expect(problemsWith(sister)).toEqual([
      "right/right.ts imports left/left.ts, which is not in a lower layer",
    ]);
  });

  test("structureProblems: lets folders import from each other when there are no layers, and files make no circle", () => {
    const climbing = file("low/third.ts", 'import { right } from "../right/right.ts";');
    const { layers: _layers, ...sizes } = structure;

    expect(problemsWith(climbing)).not.toEqual([]);
    expect(structureProblems([...SOUND, climbing], sizes)).toEqual([]);
  });

  test("structureProblems: finds a folder that is in no layer", () => {
    const structureWithRoom = { ...structure, rootEntries: 5 };
    const lost = file("new/new.ts", "export const lost = 1;");

    expect(structureProblems([...SOUND, lost], structureWithRoom)).toEqual([
      "new/new.ts is in no layer; add its folder to the layers",
    ]);
  });

  test("structureProblems: finds one entry too many in the root", () => {
    expect(problemsWith(file("more.ts", "export const more = 1;"))).toEqual([
      "the root has 5 entries, at most 4 are allowed",
    ]);
  });

  test("structureProblems: finds a median above the limit", () => {
    const long = ["low/a.ts", "low/b.ts", "low/c.ts", "low/d.ts", "low/e.ts", "low/f.ts"];
    const sources = long.map((path) => file(path, ...Array<string>(6).fill("//")));

    expect(problemsWith(...sources)).toEqual([
      "the median file has 6 lines, at most 5 are allowed",
    ]);
  });

  test("structureProblems: finds a file above the limit", () => {
    expect(problemsWith(file("low/long.ts", ...Array<string>(11).fill("//")))).toEqual([
      "low/long.ts has 11 lines, at most 10 are allowed",
    ]);
  });

  test.each([
    ["function", ["function long() {", "  //", "  //", "}"]],
    ["arrow function", ["const long = () => {", "  //", "  //", "};"]],
    ["method", ["class Long {", "  long() {", "    //", "    //", "  }", "}"]],
    ["accessor", ["class Long {", "  get long() {", "    //", "    return 1;", "  }", "}"]],
  ])("structureProblems: finds a %s above the limit", (_, lines) => {
    expect(problemsWith(file("low/long.ts", ...lines))).toEqual([
      expect.stringMatching(/^low\/long\.ts:[12] has 4 lines, at most 3 are allowed$/),
    ]);
  });

  test.each([
    [2, []],
    [3, ["low/long.ts:2 has 5 lines, at most 4 are allowed"]],
  ])(
    "structureProblems: judges a constructor of %d lines inside by its own limit",
    (inside, found) => {
      const body = Array<string>(inside).fill("    //");
      const long = file("low/long.ts", "class Long {", "  constructor() {", ...body, "  }", "}");

      expect(problemsWith(long)).toEqual(found);
    },
  );
});
