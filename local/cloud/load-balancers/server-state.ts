import type { Balancing } from "./balancing.ts";
import { addressed, serverName } from "./haproxy-backend.ts";
import { carriedGroups } from "./haproxy-config.ts";

// Version and columns of the file: https://docs.haproxy.org/2.6/management.html#9.3-show%20servers%20state
const HEAD = [
  "1",
  "# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port",
];

/**
 * Writes what HAProxy is to know of its servers when it loads a configuration: of those it knows, what it knew; of a new target, that
 * it takes nothing until its checks have passed (AWS calls that state `initial`).
 *
 * @param known - HAProxy's answer to `show servers state`
 */
export function serverState(balancing: Balancing, known: string): string {
  const knownLines = new Map<string, string>();
  for (const line of known.split("\n")) {
    const [, backend, , server] = line.split(" ");
    if (ONE_LINE.test(line)) knownLines.set(`${backend} ${server}`, line);
  }
  const lines = carriedGroups(balancing).flatMap((group) =>
    addressed(group).map(
      (target) =>
        knownLines.get(`${group.name} ${serverName(target)}`) ?? initial(group.name, target),
    ),
  );
  return `${[...HEAD, ...lines].join("\n")}\n`;
}

/** As HAProxy prints it: nothing else goes back to it. */
const ONE_LINE = /^[!-~]+(?: [!-~]+)+$/;

type Addressed = ReturnType<typeof addressed>[number];

const initial = (backend: string, target: Addressed): string =>
  `1 ${backend} 1 ${serverName(target)} ${target.address} 0 0 1 1 0 1 0 0 6 0 0 0 - ${target.port} - 0 0 - - 0`;
