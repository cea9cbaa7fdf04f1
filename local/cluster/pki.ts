import { generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GATEWAY } from "../nodes/names.ts";
import { writeSecret } from "./secret-file.ts";

/** Renewed this long before the end, so that a cluster in use never meets it. */
const RENEWED_BEFORE_DAYS = 30;
const MILLISECONDS_PER_DAY = 86_400_000;

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

/** Makes what is missing or about to expire in the folder, and says where everything is. */
export async function ensurePki(folder: string): Promise<Pki> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const at = (name: string) => join(folder, name);
  if (
    !isValid(at("authority.crt")) ||
    !isValid(at("server.crt")) ||
    !servesNodes(at("server.crt"))
  ) {
    const { writeCertificates } = await import("./certificates.ts"); // its library takes a tenth of a second to load
    await writeCertificates(at);
  }
  if (!existsSync(at("service-account.key"))) writeServiceAccountKeys(at);
  if (!existsSync(at("tokens.csv"))) {
    const token = randomBytes(32).toString("hex");
    writeSecret(at("tokens.csv"), `${token},admin,admin,"system:masters"\n`);
  }
  return {
    authority: at("authority.crt"),
    server: { certificate: at("server.crt"), key: at("server.key") },
    etcdClient: { certificate: at("etcd-client.crt"), key: at("etcd-client.key") },
    serviceAccount: { publicKey: at("service-account.pub"), privateKey: at("service-account.key") },
    tokens: at("tokens.csv"),
    adminToken: readFileSync(at("tokens.csv"), "utf8").split(",", 1)[0] ?? "",
  };
}

function isValid(path: string): boolean {
  if (!existsSync(path)) return false;
  const left = Date.parse(new X509Certificate(readFileSync(path)).validTo) - Date.now();
  return left > RENEWED_BEFORE_DAYS * MILLISECONDS_PER_DAY;
}

/** Certificates of earlier versions are good on the host alone. */
function servesNodes(path: string): boolean {
  return new X509Certificate(readFileSync(path)).checkIP(GATEWAY) !== undefined;
}

function writeServiceAccountKeys(at: (name: string) => string): void {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  writeFileSync(at("service-account.pub"), publicKey);
  writeSecret(at("service-account.key"), privateKey);
}
