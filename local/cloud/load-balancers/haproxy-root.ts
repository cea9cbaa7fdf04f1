import { chmodSync, chownSync, copyFileSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeAtomically } from "../../files/atomic-file.ts";
import { filesOf } from "../../toolchain/program-files.ts";

/**
 * The user HAProxy runs as, a number that belongs to nobody: neither Debian nor systemd gives it to anyone.
 *
 * @see https://systemd.io/UIDS-GIDS/
 */
export const HAPROXY_USER = 61_000;

/** HAProxy's root folder, in the working folder: a unix socket's path may have 107 characters at most. */
export const ROOT = "haproxy";

// All paths below are inside the root folder.
/** The one program that HAProxy's user can run. */
export const PROGRAM = "haproxy";
/** The program that gives up all rights; it is in a folder that HAProxy's user cannot look into. */
export const SETPRIV = "root-only/setpriv";
/** Where the configuration is. */
export const CONFIG = "haproxy.cfg";
/** Where HAProxy reads what it is to know of its servers. */
export const STATE = "haproxy.state";
/** The one folder that HAProxy can write into; sockets alone lie there. */
const SOCKETS = "sockets";
/** Where HAProxy's master takes commands. */
export const CLI_SOCKET = `${SOCKETS}/master`;
/** Where HAProxy takes the connections that came to a port of the host. */
export const handOverSocket = (hostPort: number): string => `${SOCKETS}/${hostPort}`;

const FOLDER = 0o755;
const READABLE = 0o644;
const RUNNABLE = 0o755;
const OWN = 0o700;
const WRITABLE = 0o666;

/** Makes HAProxy's root folder anew. In it are HAProxy, the libraries it is linked with, and nothing else that can be run. */
export async function makeRoot(haproxy: string): Promise<void> {
  const programs = await Promise.all([filesOf(haproxy), filesOf("setpriv")]);
  rmSync(ROOT, { recursive: true, force: true });
  folder("", FOLDER);
  folder("lib", FOLDER);
  symlinkSync("lib", join(ROOT, "lib64")); // some systems look there, some in the other
  folder(dirname(SETPRIV), OWN);
  folder(SOCKETS, OWN);
  chownSync(join(ROOT, SOCKETS), HAPROXY_USER, HAPROXY_USER);
  folder("dev", FOLDER);
  // HAProxy opens it for writing, to close its input; a real one could not be opened where devices are forbidden.
  writeAtomically(join(ROOT, "dev/null"), "", { mode: WRITABLE });
  for (const [index, { executable, libraries, loader }] of programs.entries()) {
    copy(executable, index === 0 ? PROGRAM : SETPRIV);
    for (const library of libraries) copy(library, join("lib", basename(library)));
    folder(dirname(loader), FOLDER);
    copy(loader, loader);
  }
}

/** Writes a file that HAProxy can read. */
export function writeInRoot(name: string, text: string): void {
  writeAtomically(join(ROOT, name), text, { mode: READABLE });
}

/** Whatever this process's umask is. */
function folder(path: string, mode: number): void {
  mkdirSync(join(ROOT, path), { recursive: true });
  chmodSync(join(ROOT, path), mode);
}

function copy(from: string, to: string): void {
  copyFileSync(from, join(ROOT, to));
  chmodSync(join(ROOT, to), RUNNABLE);
}
