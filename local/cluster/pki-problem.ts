import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../errors.ts";
import { GATEWAY } from "../nodes/names.ts";

/** Renewed this long before the end, so that a cluster in use never meets it. */
const RENEWED_BEFORE_DAYS = 30;
const MILLISECONDS_PER_DAY = 86_400_000;

const AUTHORITY = "authority.crt";
/** What the authority signed. */
const SIGNED = ["server", "etcd-client"] as const;

/** The files of the certificates, which stand and fall together: the key of the authority is kept nowhere. */
export const certificateFiles = [
  AUTHORITY,
  ...SIGNED.flatMap((name) => [`${name}.crt`, `${name}.key`]),
];
/** The two files of the key pair of ServiceAccount tokens. */
export const serviceAccountFiles = ["service-account.key", "service-account.pub"];

/** Why the certificates cannot be used now; `undefined` where they can. */
export function certificatesProblem(folder: string, now: Date): string | undefined {
  return problemOf(() => {
    const authority = readCertificate(join(folder, AUTHORITY), now);
    for (const name of SIGNED) {
      const path = join(folder, `${name}.crt`);
      const certificate = readCertificate(path, now);
      require(certificate.verify(authority.publicKey), `${path} is not signed by ${AUTHORITY}`);
      const key = readKey(join(folder, `${name}.key`));
      require(certificate.checkPrivateKey(key), `${name}.key is not the key of ${path}`);
    }
    const server = join(folder, "server.crt");
    const names = readCertificate(server, now).checkIP(GATEWAY);
    require(names !== undefined, `${server} is not for ${GATEWAY}`); // those of earlier versions are good on the host alone
  });
}

/** Why the key pair of ServiceAccount tokens cannot be used. */
export function serviceAccountProblem(folder: string): string | undefined {
  return problemOf(() => {
    const [privateFile, publicFile] = ["service-account.key", "service-account.pub"] as const;
    const path = join(folder, publicFile);
    const known = parse(path, () => createPublicKey(read(path)));
    const own = createPublicKey(readKey(join(folder, privateFile)));
    require(known.equals(own), `${path} does not belong to ${privateFile}`);
  });
}

/** The administrator's token with its user and group, as the API server reads it. */
const TOKENS = /^([0-9a-f]{64}),admin,admin,"system:masters"\n$/;

/** The administrator's token; `undefined` where the file has none. */
export const tokenIn = (text: string): string | undefined => TOKENS.exec(text)?.[1];

/** Why the file of tokens cannot be used. */
export function tokensProblem(path: string): string | undefined {
  return problemOf(() => require(tokenIn(read(path)) !== undefined, `${path} has no whole token`));
}

class Unusable extends Error {}

function problemOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Unusable) return error.message;
    throw error;
  }
}

function require(holds: boolean, problem: string): void {
  if (!holds) throw new Unusable(problem);
}

function read(path: string): string {
  require(existsSync(path), `${path} is missing`);
  const text = readFileSync(path, "utf8");
  require(text.trim() !== "", `${path} is empty`);
  return text;
}

function parse<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable(`${path} is damaged (${messageOf(error)})`);
  }
}

const readKey = (path: string): KeyObject => parse(path, () => createPrivateKey(read(path)));

function readCertificate(path: string, now: Date): X509Certificate {
  const certificate = parse(path, () => new X509Certificate(read(path)));
  const [from, to] = [certificate.validFrom, certificate.validTo];
  require(Date.parse(from) <=
    now.getTime(), `${path} is not valid before ${from}: the clock was ahead when it was made`);
  const left = Date.parse(to) - now.getTime();
  require(left > RENEWED_BEFORE_DAYS * MILLISECONDS_PER_DAY, `${path} is valid until ${to} only`);
  return certificate;
}
