import { rm } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { interruptSignal, report } from "../terminal.ts";
import { defaultCacheDirectory } from "../toolchain/cache.ts";
import { withBuildLock } from "../toolchain/ensure-toolchain.ts";
import { type Unused, unusedEntries } from "../toolchain/unused.ts";

/** Options of `npm run clean`. */
export interface CleanOptions {
  /** Days without use, a whole number of at least 0. */
  readonly unusedDays: string;
  readonly dryRun?: true;
}

const BYTES_PER_MEGABYTE = 1_000_000;

/** `npm run clean`: removes from the cache what this checkout does not need and no other has asked for in a while, and says what that frees. */
export async function clean(options: CleanOptions): Promise<void> {
  const { unusedDays } = options;
  const dryRun = options.dryRun === true;
  const days = Number(unusedDays);
  if (unusedDays.trim() === "" || !Number.isInteger(days) || days < 0) {
    throw new UserError(
      `Cannot clean the cache of what is unused for "${unusedDays}" days: --unused-days must be a whole number of at least 0`,
    );
  }
  const cacheDirectory = defaultCacheDirectory();
  await withBuildLock(cacheDirectory, { report, signal: interruptSignal() }, async () => {
    const unused = await unusedEntries(days, cacheDirectory);
    for (const entry of unused) {
      if (!dryRun) await rm(entry.directory, { recursive: true });
      process.stdout.write(`${dryRun ? "Would remove" : "Removed"} ${describe(entry)}\n`);
    }
    const all = unused.reduce((sum, { bytes }) => sum + bytes, 0);
    process.stdout.write(
      `${dryRun ? "Would free" : "Freed"} ${megabytes(all)} in ${cacheDirectory}\n`,
    );
  });
}

const describe = ({ bytes, lastUsed, name }: Unused): string =>
  `${name}: ${megabytes(bytes)}, last used ${lastUsed.toISOString().slice(0, 10)}`;

const megabytes = (bytes: number): string => `${Math.round(bytes / BYTES_PER_MEGABYTE)} MB`;
