import { connect } from "node:net";
import { Fields } from "../../formats/fields.ts";

const ANSWERS_WITHIN_MILLISECONDS = 2000;

/** One command: a line ends it, and `;`, `<<` and quotes would make it more than one. */
const COMMAND = /^[A-Za-z0-9 @!]+$/;

/** Sends one command to HAProxy's master and returns all it answers. Throws where it does not answer in time. */
export function askMaster(socket: string, command: string): Promise<string> {
  new Fields("a command to HAProxy").matching("command", command, COMMAND, "words", 200);
  return new Promise((resolve, reject) => {
    let answer = "";
    const connection = connect(socket, () => connection.end(`${command}\n`));
    connection.setTimeout(ANSWERS_WITHIN_MILLISECONDS, () =>
      connection.destroy(new Error(`HAProxy did not answer "${command}"`)),
    );
    connection.on("data", (data) => {
      answer += data.toString();
    });
    connection.on("end", () => resolve(answer));
    connection.on("error", reject);
  });
}

/** The processes of HAProxy. */
export interface Workers {
  /** How often the master was told to reload. */
  readonly reloads: number;
  /** Whether the last reload failed, so that the configuration before it is still carried out. */
  readonly failed: boolean;
  /** The process that takes connections. */
  readonly current: number | undefined;
  /** Those that take none, and live until theirs have ended. */
  readonly former: readonly number[];
}

/** Reads the answer to `show proc`. */
export function parseWorkers(answer: string): Workers {
  const master = /^\d+\s+master\s+(\d+) \[failed: (\d+)\]/m.exec(answer);
  if (master === null) throw new Error(`HAProxy's master answered ${JSON.stringify(answer)}`);
  const [present = "", former = ""] = answer.split("# old workers");
  const pids = (text: string) =>
    [...text.matchAll(/^(\d+)\s+worker\s/gm)].map(([, pid]) => Number(pid));
  return {
    reloads: Number(master[1]),
    failed: master[2] !== "0",
    current: pids(present)[0],
    former: pids(former),
  };
}

/** Reads the answer to `show sess`: the ids of the sessions with one of these servers, named `backend/server`. */
export const sessionsOf = (answer: string, servers: readonly string[]): string[] =>
  [...answer.matchAll(/^(0x[0-9a-f]+): .* be=(\S+) srv=(\S+)/gm)].flatMap(
    ([, id, backend, server]) =>
      id !== undefined && servers.includes(`${backend}/${server}`) ? [id] : [],
  );
