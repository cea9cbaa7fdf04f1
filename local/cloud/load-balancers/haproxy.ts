import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { execa } from "execa";
import { withoutPrivileges } from "../../processes/privileges.ts";
import { waitFor } from "../../wait.ts";
import {
  CLI_SOCKET,
  CONFIG,
  HAPROXY_USER,
  makeRoot,
  PROGRAM,
  ROOT,
  SETPRIV,
  STATE,
  writeInRoot,
} from "./haproxy-root.ts";
import { askMaster, parseWorkers, sessionsOf, type Workers } from "./master-cli.ts";

const LOADED_WITHIN_SECONDS = 10;
const STOPPED_WITHIN_MILLISECONDS = 5000;
const SOCKET = join(ROOT, CLI_SOCKET);

/** HAProxy did not take a configuration; it goes on with the one before. */
export class NotLoadedError extends Error {}

/**
 * HAProxy as a child of this process: a master, and a worker for each configuration whose connections have not all ended.
 * The kernel ends the master with this process, and the workers end with the master, so that none outlives the others.
 *
 * All of them run as a user of their own, without a capability and without a way to get one, in a root folder in which there is no
 * other program: whatever a configuration says, HAProxy starts nothing, and nothing that it could start may do anything. It gets no
 * port of the host.
 */
export class HaProxy {
  readonly #command: string;
  readonly #namespace: string;
  readonly #onEnd: () => void;
  #master: ChildProcess | undefined;

  /**
   * @param command - path of the executable
   * @param namespace - name of the network namespace in which it runs
   * @param onEnd - told that it ended without having been stopped
   */
  constructor(command: string, namespace: string, onEnd: () => void) {
    this.#command = command;
    this.#namespace = namespace;
    this.#onEnd = onEnd;
  }

  /**
   * Carries out a configuration: on return the new one alone takes connections, and those that were open live on.
   *
   * @param stateAfter - what it is to know of its servers, made of what it knows now
   * @throws NotLoadedError where it does not take it
   */
  async load(config: string, stateAfter: (known: string) => string): Promise<void> {
    if (this.#master === undefined) return this.#start(config, stateAfter(""));
    const known = await askMaster(SOCKET, "@1 show servers state");
    const before = await this.#workers();
    writeInRoot(STATE, stateAfter(known));
    writeInRoot(CONFIG, config);
    await askMaster(SOCKET, "reload");
    const after = await this.#untilWorkers(
      ({ reloads, current }) => reloads > before.reloads && current !== undefined,
    );
    if (after.failed || after.current === before.current) {
      throw new NotLoadedError("HAProxy did not take its new configuration");
    }
    await Promise.all(after.former.map(untilItStops));
  }

  /** Ends the connections to servers, named `backend/server`, that only former workers still have. */
  async endConnections(servers: readonly string[]): Promise<void> {
    const { former } = await this.#workers();
    for (const pid of former) {
      // There is a command for all sessions of a server, but a worker that was told to end refuses it.
      const sessions = sessionsOf(await askMaster(SOCKET, `@!${pid} show sess`), servers);
      for (const session of sessions) {
        await askMaster(SOCKET, `@!${pid} shutdown session ${session}`);
      }
    }
  }

  /** Ends it and all connections. */
  async stop(): Promise<void> {
    const master = this.#master;
    this.#master = undefined;
    if (master === undefined) return;
    const ended = once(master, "exit");
    master.kill("SIGTERM");
    const force = setTimeout(() => master.kill("SIGKILL"), STOPPED_WITHIN_MILLISECONDS);
    await ended;
    clearTimeout(force);
  }

  async #start(config: string, state: string): Promise<void> {
    await makeRoot(this.#command);
    writeInRoot(STATE, state);
    writeInRoot(CONFIG, config);
    // It runs where its servers are: a worker that was told to end can no longer connect into a namespace that its configuration names.
    const inside = [`--net=/run/netns/${this.#namespace}`, "--"];
    // The ports below 1024 of that network are for every process in it; on the host only root may use them.
    const lowPorts = ["sysctl", "-qw", "net.ipv4.ip_unprivileged_port_start=0"];
    await execa("nsenter", [...inside, ...lowPorts]);
    const listen = `unix@/${CLI_SOCKET},mode,600`;
    const haproxy = [`/${PROGRAM}`, "-W", "-S", listen, "-f", `/${CONFIG}`];
    const rootless = [`/${SETPRIV}`, ...withoutPrivileges(HAPROXY_USER), "--", ...haproxy];
    const master = spawn("nsenter", [...inside, "chroot", ROOT, ...rootless], {
      stdio: ["ignore", "inherit", "inherit"],
      env: { PATH: process.env["PATH"] ?? "" },
    });
    let ended = false;
    const end = () => {
      ended = true;
      if (this.#master !== master) return;
      this.#master = undefined;
      this.#onEnd();
    };
    master.on("exit", end);
    master.on("error", end); // no such executable
    await this.#untilWorkers(
      ({ current }) => ended || current !== undefined,
      () => ended,
    );
    if (ended) throw new NotLoadedError("HAProxy ended by itself");
    this.#master = master;
  }

  async #workers(): Promise<Workers> {
    return parseWorkers(await askMaster(SOCKET, "show proc"));
  }

  #untilWorkers(
    are: (workers: Workers) => boolean,
    hasEnded: () => boolean = () => this.#master === undefined,
  ): Promise<Workers> {
    return waitFor(
      async () => {
        if (hasEnded()) return { reloads: 0, failed: true, current: undefined, former: [] };
        const workers = await this.#workers();
        return are(workers) && workers;
      },
      { awaited: "HAProxy to load its configuration", timeoutSeconds: LOADED_WITHIN_SECONDS },
    );
  }
}

/** Waits until a former worker has stopped listening: until then it takes connections as it was told before. */
function untilItStops(pid: number): Promise<unknown> {
  return waitFor(
    async () => {
      const answer = await askMaster(SOCKET, `@!${pid} show info`);
      return /^Stopping: 1/m.test(answer) || !/^Stopping: 0/m.test(answer);
    },
    { awaited: `HAProxy's worker ${pid} to stop`, timeoutSeconds: LOADED_WITHIN_SECONDS },
  );
}
