import { randomBytes, webcrypto } from "node:crypto";
import "reflect-metadata"; // x509 asks for it at load
import * as x509 from "@peculiar/x509";
import { writeAtomically } from "../files/atomic-file.ts";
import { API_SERVICE, GATEWAY } from "../nodes/names.ts";

/** Where the API server is asked: on the host, by nodes and by Pods. */
const SERVED_ADDRESSES = ["127.0.0.1", GATEWAY, API_SERVICE];
const SERVED_NAMES = [
  "localhost",
  "kubernetes.default.svc",
  "kubernetes.default.svc.cluster.local",
];

const VALID_DAYS = 365;
/** A certificate that was made while the clock was ahead is good all the same once it is set right. */
const VALID_BEFORE_DAYS = 365;
const MILLISECONDS_PER_DAY = 86_400_000;
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Writes an authority and the certificates it signs: one for everything that serves on 127.0.0.1, one for the client of etcd. */
export async function writeCertificates(
  at: (name: string) => string,
  now = new Date(),
): Promise<void> {
  x509.cryptoProvider.set(webcrypto as never);
  const authorityKeys = await newKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(now),
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
      ...validity(now),
      subject,
      issuer: authority.subject,
      publicKey: keys.publicKey as never,
      signingKey: authorityKeys.privateKey as never,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new x509.ExtendedKeyUsageExtension(usages),
        new x509.SubjectAlternativeNameExtension([
          ...SERVED_ADDRESSES.map((value) => ({ type: "ip" as const, value })),
          ...SERVED_NAMES.map((value) => ({ type: "dns" as const, value })),
        ]),
      ],
    });
    writeAtomically(at(`${name}.crt`), certificate.toString("pem"));
    writeAtomically(at(`${name}.key`), await privateKeyPem(keys));
  };
  await leaf("server", "CN=127.0.0.1", [
    x509.ExtendedKeyUsage.serverAuth,
    x509.ExtendedKeyUsage.clientAuth,
  ]);
  await leaf("etcd-client", "CN=kube-apiserver", [x509.ExtendedKeyUsage.clientAuth]);
  writeAtomically(at("authority.crt"), authority.toString("pem"));
}

const newKeys = () =>
  webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;

type CryptoKeyPair = webcrypto.CryptoKeyPair;

function validity(made: Date): { serialNumber: string; notBefore: Date; notAfter: Date } {
  const now = made.getTime();
  return {
    serialNumber: `00${randomBytes(8).toString("hex")}`,
    notBefore: new Date(now - VALID_BEFORE_DAYS * MILLISECONDS_PER_DAY),
    notAfter: new Date(now + VALID_DAYS * MILLISECONDS_PER_DAY),
  };
}

async function privateKeyPem(keys: CryptoKeyPair): Promise<string> {
  const der = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return x509.PemConverter.encode(der, "PRIVATE KEY");
}
