import { messageOf } from "../../errors.ts";
import { writeAtomically } from "../../files/atomic-file.ts";
import { hostsText } from "../../formats/hosts.ts";
import { packetFilter } from "../security-groups/packet-filter.ts";
import type { SecurityGroups } from "../security-groups/security-groups.ts";
import { assignAddresses, noAddresses } from "./addresses.ts";
import { admissionsOf, filterPlan } from "./admissions.ts";
import type { Balancing } from "./balancing.ts";
import { carriable } from "./carriable.ts";
import { type Drain, drainsBetween, targetKeys } from "./drains.ts";
import { forwardsOf, hostPortsOf, noForwards, type Reached, wantedPorts } from "./forwards.ts";
import { HaProxy } from "./haproxy.ts";
import { haproxyConfig, type Plan } from "./haproxy-config.ts";
import { HostDoors } from "./host-doors.ts";
import { assignHostPorts } from "./host-ports.ts";
import { notes } from "./notes.ts";
import { readJson } from "./read-json.ts";
import { serverState } from "./server-state.ts";

/** What a data plane is made from. */
export interface DataPlaneParts {
  readonly haproxy: string;
  readonly namespace: string;
  readonly nodes: readonly string[];
  readonly readBalancing: () => Promise<Balancing>;
  readonly readNodePorts: () => Promise<readonly number[]>;
  readonly readSecurityGroups: () => Promise<SecurityGroups>;
  /** Gives the network that stands for the VPC its rules for packets. */
  readonly filterPackets: (rules: string) => Promise<void>;
  readonly report: (line: string) => void;
}

/** Carries out with HAProxy what the simulated AWS says of its network load balancers. Its files are in the working folder. */
export class DataPlane {
  readonly #parts: DataPlaneParts;
  readonly #haproxy: HaProxy;
  readonly #doors = new HostDoors();
  readonly #said = new Set<string>();
  readonly #drains = new Map<string, NodeJS.Timeout>();
  #balancing: Balancing = { balancers: [], groups: [] };
  #nodePorts: readonly number[] = [];
  #config = "";
  #filter = "";
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(parts: DataPlaneParts) {
    this.#parts = parts;
    this.#haproxy = new HaProxy(parts.haproxy, parts.namespace, () => {
      parts.report("HAProxy ended by itself; it is started again, its connections are lost");
      this.#config = "";
      this.apply().catch((error) => parts.report(messageOf(error)));
    });
  }

  /** Reads the load balancers and carries them out. Who asks while that happens waits for one more turn, shared by all who do. */
  apply(): Promise<void> {
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        this.#running = this.#applyNow();
        return this.#running;
      });
    return this.#next;
  }

  /** Looks whether there are other node ports, and carries everything out. */
  async refresh(): Promise<void> {
    this.#nodePorts = await this.#parts.readNodePorts();
    await this.apply();
  }

  /** Ends every connection, and HAProxy. */
  async stop(): Promise<void> {
    for (const timer of this.#drains.values()) clearTimeout(timer);
    this.#doors.close();
    await this.#haproxy.stop();
  }

  async #applyNow(): Promise<void> {
    const { readBalancing, readSecurityGroups } = this.#parts;
    const [read, security] = await Promise.all([readBalancing(), readSecurityGroups()]);
    const { balancing, refused } = carriable(read);
    const addresses = this.#assignAddresses(balancing);
    const admissions = admissionsOf(balancing, security);
    // Before anything listens, so that nobody gets in whom the groups refuse.
    await this.#filterPackets(
      packetFilter(filterPlan({ ...balancing, addresses, admissions, security })),
    );
    writeAtomically("hosts", hostsText(hostsOf(balancing, addresses)));
    for (const note of [...refused, ...notes(balancing, addresses)]) this.#sayOnce(note);
    await this.#load(balancing, { addresses, admissions });
    this.#planDrains(balancing);
    this.#balancing = balancing;
  }

  async #filterPackets(filter: string): Promise<void> {
    if (filter === this.#filter) return;
    await this.#parts.filterPackets(filter);
    this.#filter = filter;
  }

  async #load(balancing: Balancing, how: Pick<Reached, "addresses" | "admissions">): Promise<void> {
    const { nodes } = this.#parts;
    const reached = { ...balancing, ...how, nodePorts: this.#nodePorts };
    const hostPorts = await assignHostPorts(wantedPorts(reached), {
      remembered: hostPortsOf(readJson("forwards.json", noForwards)),
      open: this.#doors.open,
      take: (port) => this.#doors.take(port),
    });
    const plan: Plan = { ...reached, nodes, hostPorts };
    const config = haproxyConfig(plan);
    if (config !== this.#config) {
      await this.#haproxy.load(config, (known) => serverState(balancing, known));
      this.#config = config;
    }
    this.#doors.keep(hostPorts);
    writeAtomically("forwards.json", JSON.stringify(forwardsOf(plan), undefined, 2));
  }

  #assignAddresses({ balancers }: Balancing): Map<string, string> {
    const before = readJson("addresses.json", noAddresses);
    const arns = balancers.map(({ arn }) => arn);
    const assigned = assignAddresses(before, arns);
    writeAtomically("addresses.json", JSON.stringify(assigned));
    return new Map(Object.entries(assigned.byArn));
  }

  #planDrains(balancing: Balancing): void {
    for (const key of targetKeys(balancing)) {
      clearTimeout(this.#drains.get(key));
      this.#drains.delete(key);
    }
    for (const [key, drain] of drainsBetween(this.#balancing, balancing)) {
      const timer = setTimeout(() => this.#end(key, drain), drain.delaySeconds * 1000);
      this.#drains.set(key, timer);
    }
  }

  #end(key: string, { servers }: Drain): void {
    this.#drains.delete(key);
    this.#haproxy
      .endConnections(servers)
      .catch((error) => this.#parts.report(`connections of ${key}: ${messageOf(error)}`));
  }

  #sayOnce(note: string): void {
    if (this.#said.has(note)) return;
    this.#said.add(note);
    this.#parts.report(note);
  }
}

/** Which name has which address. */
const hostsOf = ({ balancers }: Balancing, addresses: ReadonlyMap<string, string>) =>
  balancers.flatMap(({ arn, dnsName }) => {
    const address = addresses.get(arn);
    return address === undefined ? [] : [{ address, name: dnsName }];
  });
