import { webcrypto } from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import "reflect-metadata"; // x509 asks for it at load
import * as x509 from "@peculiar/x509";

/** A publisher on 127.0.0.1 that is spoken to over https. */
export interface FakeHttps {
  readonly port: number;
  /** What has to be trusted for it, in PEM. */
  readonly certificate: string;
  readonly close: () => Promise<void>;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

async function certificateFor(host: string) {
  x509.cryptoProvider.set(webcrypto as never);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${host}`,
    keys: keys as never,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: host }])],
  });
  const key = await webcrypto.subtle.exportKey(
    "pkcs8",
    (keys as webcrypto.CryptoKeyPair).privateKey,
  );
  return { cert: certificate.toString("pem"), key: x509.PemConverter.encode(key, "PRIVATE KEY") };
}

/** Starts a server that says the same to whoever asks, and proves to be a host. */
export async function startHttps(host: string, body: string): Promise<FakeHttps> {
  const pair = await certificateFor(host);
  const server = createServer(pair, (_, response) => void response.end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    certificate: pair.cert,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
