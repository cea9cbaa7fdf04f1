import { describe, expect, test } from "vitest";
import { digestIn } from "../../../../../local/toolchain/releases/checksum-list.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)];

describe("digestIn", () => {
  test.each([
    ["one digest alone", one],
    ["one digest alone and an end of line", `${one}\n`],
    ["one digest in capital letters", one.replaceAll("1", "A").toUpperCase()],
    ["a list", `${two}  etcd.zip\n${one}  etcd.tar.gz\n`],
    ["a list with marks of binary files", `${two} *etcd.zip\n${one} *etcd.tar.gz`],
    ["a list with folders", `${two}  ./etcd.zip\n${one}  ./etcd.tar.gz`],
    ["a list with other lines", `# release\n${two}  etcd.zip\r\n${one}  etcd.tar.gz\r\n`],
  ])("digestIn: finds the file's digest when the text is %s", (_, text) => {
    const expected = text.startsWith("A") ? "a".repeat(64) : one;

    expect(digestIn(text, "etcd.tar.gz")).toBe(expected);
  });

  test.each([
    ["is empty", ""],
    ["names other files alone", `${one}  etcd.zip`],
    ["has a digest too short", `${one.slice(1)}  etcd.tar.gz`],
    ["has a digest of another kind", `${one}${two}  etcd.tar.gz`],
    ["has several digests without names", `${one}\n${two}`],
    ["names a file whose name ends so", `${one}  my-etcd.tar.gz`],
  ])("digestIn: finds none when the text %s", (_, text) => {
    expect(digestIn(text, "etcd.tar.gz")).toBeUndefined();
  });
});
