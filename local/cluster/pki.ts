import { generateKeyPairSync, randomBytes, webcrypto, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import "reflect-metadata"; // x509 asks for it at load
import * as x509 from "@peculiar/x509";

const VALID_DAYS = 365;
/** Renewed this long before the end, so that a cluster in use never meets it. */
const RENEWED_BEFORE_DAYS = 30;
const MILLISECONDS_PER_DAY = 86_400_000;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

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
  if (!isValid(at("authority.crt")) || !isValid(at("server.crt"))) await writeCertificates(at);
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

async function writeCertificates(at: (name: string) => string): Promise<void> {
  x509.cryptoProvider.set(webcrypto as never);
  const authorityKeys = await newKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(),
    name: "CN=pulumi-kubernetes-services local",
    keys: authorityKeys as never,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const leaf = async (name: string, subject: string, usages: x509.ExtendedKeyUsage[]) => {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...validity(),
      subject,
      issuer: authority.subject,
      publicKey: keys.publicKey as never,
      signingKey: authorityKeys.privateKey as never,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.ExtendedKeyUsageExtension(usages),
        new x509.SubjectAlternativeNameExtension([
          { type: "ip", value: "127.0.0.1" },
          { type: "dns", value: "localhost" },
        ]),
      ],
    });
    writeFileSync(at(`${name}.crt`), certificate.toString("pem"));
    writeSecret(at(`${name}.key`), await privateKeyPem(keys));
  };
  await leaf("server", "CN=127.0.0.1", [
    x509.ExtendedKeyUsage.serverAuth,
    x509.ExtendedKeyUsage.clientAuth,
  ]);
  await leaf("etcd-client", "CN=kube-apiserver", [x509.ExtendedKeyUsage.clientAuth]);
  writeFileSync(at("authority.crt"), authority.toString("pem")); // last: an interrupted run begins anew
}

const newKeys = () =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;

type CryptoKeyPair = webcrypto.CryptoKeyPair;

function validity(): { serialNumber: string; notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return {
    serialNumber: `00${randomBytes(8).toString("hex")}`,
    notBefore: new Date(now - MILLISECONDS_PER_DAY),
    notAfter: new Date(now + VALID_DAYS * MILLISECONDS_PER_DAY),
  };
}

async function privateKeyPem(keys: CryptoKeyPair): Promise<string> {
  const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return x509.PemConverter.encode(der, "PRIVATE KEY");
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

const writeSecret = (path: string, text: string) => writeFileSync(path, text, { mode: 0o600 });
