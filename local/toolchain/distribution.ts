import { readFileSync } from "node:fs";

/**
 * The release of this machine's Linux distribution, such as `debian-12`: what its package sources
 * offer depends on it. Elsewhere it is the name of the platform.
 */
export function distributionRelease(file = "/etc/os-release"): string {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return process.platform;
  }
  const field = (name: string) => new RegExp(`^${name}="?([\\w.-]+)"?$`, "m").exec(text)?.[1];
  // Releases in the making have a name, but no number yet.
  const release = field("VERSION_ID") ?? field("VERSION_CODENAME");
  return [field("ID") ?? process.platform, release].filter(Boolean).join("-");
}
