import type { V1Probe } from "@kubernetes/client-node";

/**
 * A probe in words: what it checks, how often, and how many failures count. Its path and its command are omitted,
 * because they may contain a password; users who may read the Pod find them there.
 */
export function probeText(probe: V1Probe): string {
  const { failureThreshold = 3, initialDelaySeconds = 0, periodSeconds = 10 } = probe;
  const delay = initialDelaySeconds === 0 ? "" : ` after ${initialDelaySeconds} s`;
  const failures =
    failureThreshold === 1 ? "1 failure counts" : `${failureThreshold} failures count`;
  return `${questionText(probe)} every ${periodSeconds} s${delay}, ${failures}`;
}

function questionText({ exec, grpc, httpGet, tcpSocket }: V1Probe): string {
  if (httpGet !== undefined) {
    const { port, scheme = "HTTP" } = httpGet;
    return `${scheme} GET on port ${port}`;
  }
  if (tcpSocket !== undefined) {
    return `a connection to port ${tcpSocket.port}`;
  }
  if (grpc !== undefined) {
    return `gRPC health on port ${grpc.port}`;
  }
  return exec === undefined ? "nothing" : "a command";
}
