import { describe, expect, test } from "vitest";
import { storageTrouble } from "../../../../../local/toolchain/releases/storage-trouble.ts";

const coded = (code: string) => Object.assign(new Error(code), { code });
const trouble = (error: unknown) =>
  storageTrouble("https://x/etcd", "/cache/build/downloads/a.part", error)?.message;

describe("storageTrouble", () => {
  test.each(["ENOSPC", "EDQUOT"])(
    "storageTrouble: names folder and cure when the code is %s",
    (code) => {
      expect(trouble(coded(code))).toBe(
        `Cannot keep https://x/etcd: the disk of /cache/build/downloads is full (${code})\n  - free some space there, or set PULUMI_KUBERNETES_SERVICES_CACHE to a folder on another disk; what has come is kept, so the same command goes on from here`,
      );
    },
  );

  test.each(["EACCES", "EPERM", "EROFS"])(
    "storageTrouble: names whose folder it is when the code is %s",
    (code) => {
      expect(trouble(coded(code))).toContain(
        `Cannot keep https://x/etcd: /cache/build/downloads cannot be written (${code})\n  - give it to the user who runs this (chown -R)`,
      );
    },
  );

  test.each([coded("ECONNRESET"), new Error("other"), undefined, "text"])(
    "storageTrouble: says nothing when it is %s",
    (error) => {
      expect(trouble(error)).toBeUndefined();
    },
  );
});
