import { generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../files/atomic-file.ts";
import { privateFolder } from "../files/private-folder.ts";
import {
  certificatesProblem,
  serviceAccountProblem,
  tokenIn,
  tokensProblem,
} from "./pki-problem.ts";

/** Paths of what the control plane proves itself with. */
export interface Pki {
  /** Certificate of the authority that signed all the others. */
  readonly authority: string;
  /** Certificate and key of everything that serves on 127.0.0.1. */
  readonly server: { readonly certificate: string; readonly key: string };
  /** Certificate and key with which the API server asks etcd. */
  readonly etcdClient: { readonly certificate: string; readonly key: string };
  /** Key pair of ServiceAccount tokens. */
  readonly serviceAccount: { readonly publicKey: string; readonly privateKey: string };
  /** Token file of the API server. */
  readonly tokens: string;
  /** The administrator's token. */
  readonly adminToken: string;
}

/** Makes what is missing in the folder or cannot be used now, and says where everything is. */
export async function ensurePki(folder: string, now = new Date()): Promise<Pki> {
  privateFolder(folder);
  const at = (name: string) => join(folder, name);
  const tokens = at("tokens.csv");
  if (certificatesProblem(folder, now) !== undefined) {
    const { writeCertificates } = await import("./certificates.ts"); // its library takes a tenth of a second to load
    await writeCertificates(at, now);
  }
  if (serviceAccountProblem(folder) !== undefined) writeServiceAccountKeys(at);
  if (tokensProblem(tokens) !== undefined) {
    const token = randomBytes(32).toString("hex");
    writeAtomically(tokens, `${token},admin,admin,"system:masters"\n`);
  }
  return {
    authority: at("authority.crt"),
    server: { certificate: at("server.crt"), key: at("server.key") },
    etcdClient: { certificate: at("etcd-client.crt"), key: at("etcd-client.key") },
    serviceAccount: { publicKey: at("service-account.pub"), privateKey: at("service-account.key") },
    tokens,
    adminToken: tokenIn(readFileSync(tokens, "utf8")) ?? "",
  };
}

function writeServiceAccountKeys(at: (name: string) => string): void {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  writeAtomically(at("service-account.pub"), publicKey);
  writeAtomically(at("service-account.key"), privateKey);
}
