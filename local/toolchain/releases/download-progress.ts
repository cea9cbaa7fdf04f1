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

const BYTES_PER_MEGABYTE = 1_000_000;
const EVERY_MILLISECONDS = 5_000;

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const megabytes = (bytes: number): string => (bytes / BYTES_PER_MEGABYTE).toFixed(0);

/**
 * Says how far all files together are.
 *
 * @param received - how many of their bytes came in this run, which tells the speed
 */
export function downloadLine(
  files: readonly FileProgress[],
  received: number,
  milliseconds: number,
): string {
  const have = sum(files.map((file) => file.have));
  const totals = files.map((file) => file.total).filter((total) => total !== undefined);
  if (totals.length < files.length) return `Downloading: ${megabytes(have)} MB so far`;

  const total = sum(totals);
  const amount = `Downloading: ${megabytes(have)} of ${megabytes(total)} MB`;
  if (received <= 0) return amount; // Nothing has come yet, or a file has begun again.
  return `${amount}, ${duration(((total - have) * milliseconds) / received)} left`;
}

/** Says all the time, or every five seconds where no line moves, how far the downloads are. */
export function trackDownloads(addresses: readonly string[], teller: Teller): DownloadProgress {
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
    return downloadLine(all, received, performance.now() - started);
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
