/** Tells people what goes on. Always on stderr: stdout is for results. */
export function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * An abort signal that Ctrl-C, SIGTERM and SIGHUP raise, the first time. A second one ends this process at once.
 *
 * It goes on listening: signal-exit, by which libraries clean up, ends a process to which nobody else listens
 * (https://github.com/tapjs/signal-exit/blob/v4.1.0/src/index.ts).
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const interrupt = () => {
      if (controller.signal.aborted) {
        process.off(name, interrupt);
        process.kill(process.pid, name);
        return;
      }
      report(`Received ${name}: ending in good order. Once more ends it at once`);
      controller.abort(new Interrupted(name));
    };
    process.on(name, interrupt);
  }
  return controller.signal;
}

/** Thrown out of every wait when the person at the terminal has had enough. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  /** Exit status by convention: 128 and the signal's number. */
  readonly exitCode: number;

  constructor(signal: "SIGINT" | "SIGTERM" | "SIGHUP") {
    super(`Interrupted by ${signal}`);
    this.exitCode = 128 + { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal];
  }
}
