import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** What a process may do, in the kernel's words; `undefined` where it has ended. */
export function rightsOf(pid: number): Record<string, string> | undefined {
  try {
    return runningRights(pid);
  } catch {
    return undefined;
  }
}

function runningRights(pid: number): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/status`, "utf8").split("\n");
  const wanted = /^(Uid|Gid|Groups|Cap\w+|NoNewPrivs):\s*(.*?)\s*$/;
  const found = lines.flatMap((line) => {
    const [, name, value] = wanted.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(found), root: readlinkSync(`/proc/${pid}/root`) };
}

/** The rights of a user without any. */
export const noRights = (user: number, root: string): Record<string, string> => ({
  Uid: Array(4).fill(user).join("\t"),
  Gid: Array(4).fill(user).join("\t"),
  Groups: "",
  ...Object.fromEntries(
    ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map((set) => [set, "0".repeat(16)]),
  ),
  NoNewPrivs: "1",
  root,
});

/** The files that others than their owner, root, can run, and those that they can write. */
export function openFiles(folder: string): { readonly run: string[]; readonly write: string[] } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name))
    .filter((path) => !relative(folder, path).startsWith("root-only/"));
  const having = (bits: number) =>
    files.filter((path) => statSync(path).mode & bits).map((path) => relative(folder, path));
  return { run: having(0o011), write: having(0o022) };
}

/** Ways in which a configuration can have HAProxy start a program or become root, and what it says when it could not. */
export const hostile: readonly {
  readonly way: string;
  readonly text: string;
  readonly said: string;
}[] = [
  {
    way: "a program",
    text: "program x\n  command /bin/sh -c id\n",
    said: "Cannot execute /bin/sh: No such file or directory",
  },
  {
    way: "the program that sets rights",
    text: "program x\n  command /root-only/setpriv --dump\n",
    said: "Cannot execute /root-only/setpriv: Permission denied",
  },
  {
    way: "Lua",
    text: "global\n  lua-load /etc/passwd\n",
    said: "cannot open /etc/passwd",
  },
  {
    way: "a check by a program",
    text: 'global\n  insecure-fork-wanted\n  insecure-setuid-wanted\n  external-check\nbackend e\n  option external-check\n  external-check command /bin/sh\n  external-check path "/bin"\n  server s 127.0.0.1:1 check inter 100ms\n',
    said: "Failed to exec process for external health check: No such file or directory",
  },
  {
    way: "another user",
    text: "global\n  uid 1\n  gid 1\n",
    said: "Cannot set",
  },
];
