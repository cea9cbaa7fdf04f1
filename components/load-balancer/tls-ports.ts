import { reportUnknownName, type WantedPort } from "../service/ports.ts";
import type { Checks } from "../validation/checks.ts";
import type { IntentArgs } from "./contract/intent-args.ts";

const HTTPS_PORT = 443;

/** The options that only configure TLS termination. */
const FOR_TLS = ["tlsPorts", "tlsPolicy", "alpnPolicy", "backendProtocol"] as const;

/** Reads which ports terminate TLS: those in `tlsPorts`; with only a certificate, port 443 or the only port. */
export function readTlsPorts(
  checks: Checks,
  args: IntentArgs,
  ports: readonly WantedPort[],
): readonly WantedPort[] {
  const { certificates, tlsPorts } = args;
  if (certificates === undefined) {
    for (const name of FOR_TLS.filter((option) => args[option] !== undefined)) {
      checks.report(`args.${name}`, args[name], "must not be set without args.certificates");
    }
    return ports.map((port) => ({ ...port, tls: false }));
  }
  const names = tlsPorts ?? assumed(ports);
  if (tlsPorts === undefined && names.length === 0) {
    const must =
      "must list the names of the ports that terminate TLS: there are several ports, and none is 443";
    checks.report("args.tlsPorts", tlsPorts, must);
  }
  tlsPorts?.forEach((name, index) => {
    if (!ports.some((port) => port.name === name)) {
      reportUnknownName(checks, `args.tlsPorts[${index}]`, name, ports);
    }
  });
  return ports.map((port) => ({ ...port, tls: names.includes(port.name) }));
}

function assumed(ports: readonly WantedPort[]): readonly string[] {
  const secure = ports.length === 1 ? ports : ports.filter(({ port }) => port === HTTPS_PORT);
  return secure.map(({ name }) => name);
}
