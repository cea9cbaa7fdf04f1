import { chmod, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

/** A folder of our own with stand-ins for apt and dpkg, first on PATH. */
export interface FakeApt {
  readonly directory: string;
  /** The arguments of every call of apt-get. */
  readonly commands: () => Promise<string[]>;
  /** The configuration that apt-get was last given. */
  readonly configuration: () => Promise<string>;
  /** Leaves a file out of the package. */
  readonly lose: (path: string) => Promise<void>;
  /** Replaces one of the stand-ins. */
  readonly replace: (name: string, script: string) => Promise<void>;
}

const packaged = "containerd containerd-shim-runc-v2 ctr runc nft ipset conntrack haproxy tini";

// One package with everything; `ip` is reached by a link out of it as well, as Debian's is.
const extract = `packages=$3
mkdir -p "$packages/usr/sbin" "$packages/usr/lib/x86_64-linux-gnu/xtables" "$packages/bin" "$packages/sbin"
for program in ${packaged} xtables-nft-multi; do
  printf '#!/bin/sh\\necho "$(basename "$0") $* $LD_LIBRARY_PATH $XTABLES_LIBDIR"\\n' > "$packages/usr/sbin/$program"
  chmod +x "$packages/usr/sbin/$program"
done
mkdir -p "$packages/usr/lib/cni"
touch "$packages/usr/lib/cni/ptp" "$packages/usr/lib/cni/host-local" "$packages/usr/lib/cni/loopback"
cp "$packages/usr/sbin/nft" "$packages/bin/ip"
ln -s /bin/ip "$packages/sbin/ip"`;

const scripts = (directory: string): Record<string, string> => ({
  "apt-config": `echo 'Acquire::http::Proxy "http://proxy.example:3128";'
echo 'APT::Update::Post-Invoke:: "rm -f /var/cache/apt/archives/*.deb";'
echo 'DPkg::Pre-Install-Pkgs:: "/usr/sbin/watch-packages";'
echo 'AptCli::Hooks::Install:: "/usr/bin/advertise";'`,
  "apt-get": `echo "$*" >> "${directory}/commands"
cp "$APT_CONFIG" "${directory}/configuration"
case "$*" in
  *install*) touch "$(dirname "$APT_CONFIG")/cache/archives/all.deb" ;;
esac`,
  "dpkg-deb": extract,
  ldd: `echo '	libc.so.6 => /bin/sh (0x00007f)'`,
});

/** Puts the stand-ins on PATH until the test's environment is restored. */
export async function installFakeApt(): Promise<FakeApt> {
  const directory = await mkdtemp(join(tmpdir(), "fake-apt-"));
  const bin = join(directory, "bin");
  await mkdir(bin);
  const replace = async (name: string, script: string) => {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  };
  for (const [name, script] of Object.entries(scripts(directory))) await replace(name, script);
  vi.stubEnv("PATH", `${bin}:/usr/bin:/bin`);

  const read = (name: string) => readFile(join(directory, name), "utf8");
  return {
    directory,
    commands: async () => (await read("commands")).trim().split("\n"),
    configuration: () => read("configuration"),
    lose: (path) => replace("dpkg-deb", `${extract}\nrm "$packages/${path}"`),
    replace,
  };
}
