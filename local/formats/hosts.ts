import { Fields } from "./fields.ts";

/** A name and where it leads. */
export interface HostEntry {
  readonly address: string;
  readonly name: string;
}

/**
 * Writes the format of /etc/hosts.
 *
 * @throws UserError for a name or an address that it cannot express
 * @see https://man7.org/linux/man-pages/man5/hosts.5.html
 */
export function hostsText(entries: readonly HostEntry[]): string {
  const fields = new Fields("hosts");
  return entries
    .map(({ address, name }, index) => {
      const at = `entries[${index}]`;
      const host = fields.hostName(`${at}.name`, name).toLowerCase();
      return `${fields.ip(`${at}.address`, address)} ${host}\n`;
    })
    .join("");
}

/**
 * Writes the format of /etc/resolv.conf, with name servers alone.
 *
 * @throws UserError for an address that is none
 * @see https://man7.org/linux/man-pages/man5/resolv.conf.5.html
 */
export function resolverText(nameservers: readonly string[]): string {
  const fields = new Fields("resolv.conf");
  return nameservers
    .map((address, index) => `nameserver ${fields.ip(`nameservers[${index}]`, address)}\n`)
    .join("");
}
