import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EC2 } from "@aws-sdk/client-ec2";
import getPort from "get-port";
import { onTestFinished } from "vitest";
import { AWS_REGION } from "../../local/cloud/simulated-aws.ts";
import { type ControlPlaneParts, etcd } from "../../local/cluster/control-plane.ts";
import { ensurePki } from "../../local/cluster/pki.ts";
import { ensurePorts } from "../../local/cluster/ports.ts";
import { privateFolder } from "../../local/files/private-folder.ts";
import { NodeKind } from "../../local/nodes/kind.ts";
import { type LocalPaths, localPaths } from "../../local/paths.ts";
import { answersOk } from "../../local/processes/health.ts";
import {
  ensureRunning,
  type ProcessSpec,
  stopProcess,
} from "../../local/processes/managed-process.ts";
import { readRecords } from "../../local/processes/record.ts";
import { waitFor } from "../../local/wait.ts";
import type { Listener } from "./listening.ts";

/** A database alone, as it was when its peers came by a port, and as it is. */
export async function startDatabase(toolchain: ControlPlaneParts["toolchain"]): Promise<{
  readonly paths: LocalPaths;
  readonly startOpen: () => Promise<boolean>;
  readonly startClosed: () => Promise<boolean>;
}> {
  const paths = localPaths(join(".local", "test", "database"));
  rmSync(paths.root, { recursive: true, force: true });
  privateFolder(paths.root);
  privateFolder(paths.run);
  const context = { run: paths.run, logs: paths.logs, report: () => {} };
  onTestFinished(async () => {
    for (const record of readRecords(paths.run)) await stopProcess(record, context);
    rmSync(paths.root, { recursive: true });
  });
  const ports = await ensurePorts({ folder: paths.run, isRunning: () => false, report: () => {} });
  const pki = await ensurePki(paths.pki);
  const closed = etcd({ paths, pki, ports, toolchain, nodes: NodeKind.Simulated });
  const peers = `http://127.0.0.1:${await getPort({ host: "127.0.0.1" })}`;
  const open: ProcessSpec = {
    ...closed,
    args: closed.args.map((argument) => argument.replace(/unix:.*/, peers)),
  };
  return {
    paths,
    startOpen: () => ensureRunning(open, context),
    startClosed: () => ensureRunning(closed, context),
  };
}

/** moto as it is, with nothing in front of it. */
export async function startMoto(python: string): Promise<{
  readonly listener: Listener;
  readonly networks: () => Promise<string[]>;
}> {
  const port = await getPort({ host: "127.0.0.1" });
  const arguments_ = ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)];
  const cwd = mkdtempSync(join(tmpdir(), "moto-")); // it writes down what it is sent, for whoever tells it to
  const moto = spawn(python, arguments_, { cwd, stdio: "ignore" });
  onTestFinished(async () => {
    const ended = once(moto, "exit");
    moto.kill("SIGKILL");
    await ended;
    rmSync(cwd, { recursive: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await waitFor(() => answersOk(`${url}/moto-api/`), { awaited: "moto", timeoutSeconds: 60 });
  const listener = { transport: "tcp", address: "127.0.0.1", port, process: "moto" } as const;
  return {
    listener: { ...listener, onHost: true, pid: process.pid },
    networks: async () => {
      const credentials = { accessKeyId: "of-nobody", secretAccessKey: "of-nobody" };
      const ec2 = new EC2({ region: AWS_REGION, endpoint: url, credentials });
      return (await ec2.describeVpcs({})).Vpcs?.map(({ VpcId = "" }) => VpcId) ?? [];
    },
  };
}
