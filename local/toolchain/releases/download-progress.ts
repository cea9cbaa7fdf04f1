import { duration, keepReporting, keepShowing, type Teller } from "../progress.ts";

/** How far one file is, in bytes. */
export interface FileProgress {
  readonly have: number;
  /** Unknown until its server has answered, or where it does not say. */
  readonly total: number | undefined;
}

/** What all downloads together tell while they run. */
export interface DownloadProgress {
  /** Takes how far a file is. */
  readonly at: (address: string, progress: FileProgress) => void;
  /** Stops telling. */
  readonly stop: () => void;
}

/** Of which progress counts a megabyte. */
export const BYTES_PER_MEGABYTE = 1_000_000;
const EVERY_MILLISECONDS = 5_000;

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const megabytes = (bytes: number): string => (bytes / BYTES_PER_MEGABYTE).toFixed(0);

/** How the bytes of all files together came, and will come. */
export interface Course {
  /** How many came in this run, which tells the speed. */
  readonly received: number;
  /** How long this run has taken. */
  readonly milliseconds: number;
  /** How many all files will have, as far as that is known before their servers say it; 0 where it is not. */
  readonly expected: number;
}

/** Says how far all files together are. */
export function downloadLine(
  files: readonly FileProgress[],
  { expected, milliseconds, received }: Course,
): string {
  const have = sum(files.map((file) => file.have));
  const known = sum(files.map((file) => file.total ?? file.have));
  const isKnown = files.every((file) => file.total !== undefined) && known >= expected;
  if (!isKnown && expected <= have) return `Downloading: ${megabytes(have)} MB so far`;

  const total = Math.max(known, expected);
  const amount = `Downloading: ${megabytes(have)} of ${isKnown ? "" : "about "}${megabytes(total)} MB`;
  if (received <= 0) return amount; // Nothing has come yet, or a file has begun again.
  return `${amount}, ${duration(((total - have) * milliseconds) / received)} left`;
}

/**
 * Says all the time, or every five seconds where no line moves, how far the downloads are.
 *
 * @param expected - how many bytes they will have, as far as that is known before; 0 where it is not
 */
export function trackDownloads(
  addresses: readonly string[],
  expected: number,
  teller: Teller,
): DownloadProgress {
  const started = performance.now();
  const files = new Map<string, FileProgress>(
    addresses.map((address) => [address, { have: 0, total: undefined }]),
  );
  const before = new Map<string, number>();

  function at(address: string, progress: FileProgress): void {
    if (!before.has(address)) before.set(address, progress.have); // It came in an earlier run.
    files.set(address, progress);
  }
  const line = (): string => {
    const all = [...files.values()];
    const received = sum(all.map(({ have }) => have)) - sum([...before.values()]);
    return downloadLine(all, { expected, received, milliseconds: performance.now() - started });
  };
  const stopShowing = keepShowing(teller, "downloads", line);
  const stopReporting = keepReporting(teller, EVERY_MILLISECONDS, line);
  return {
    at,
    stop() {
      stopShowing();
      stopReporting();
    },
  };
}
