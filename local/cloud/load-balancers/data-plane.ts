import { messageOf } from "../../errors.ts";
import { writeWhole } from "../../files/write-whole.ts";
import { assignAddresses, noAddresses } from "./addresses.ts";
import type { Balancing } from "./balancing.ts";
import { type Drain, drainsBetween, targetKeys } from "./drains.ts";
import { forwardsOf, hostPortsOf, noForwards, wantedPorts } from "./forwards.ts";
import { HaProxy, NotLoadedError } from "./haproxy.ts";
import { haproxyConfig, type Plan } from "./haproxy-config.ts";
import { assignHostPorts, isFreePort } from "./host-ports.ts";
import { notes } from "./notes.ts";
import { readJson } from "./read-json.ts";
import { serverState } from "./server-state.ts";

/** Another program may take a port between our look and HAProxy's use of it. */
const LOAD_ATTEMPTS = 3;

/** The namespace of this process, which is the host's, as HAProxy finds it from /run/netns. */
const OWN_NAMESPACE = `../../proc/${process.pid}/ns/net`;

/** What a data plane is made from. */
export interface DataPlaneParts {
  readonly haproxy: string;
  readonly namespace: string;
  readonly nodes: readonly string[];
  readonly readBalancing: () => Promise<Balancing>;
  readonly readNodePorts: () => Promise<readonly number[]>;
  readonly report: (line: string) => void;
}

/** Carries out with HAProxy what the simulated AWS says of its network load balancers. Its files are in the working folder. */
export class DataPlane {
  readonly #parts: DataPlaneParts;
  readonly #haproxy: HaProxy;
  readonly #said = new Set<string>();
  readonly #drains = new Map<string, NodeJS.Timeout>();
  #balancing: Balancing = { balancers: [], groups: [] };
  #nodePorts: readonly number[] = [];
  #open: ReadonlyMap<string, number> = new Map();
  #config = "";
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(parts: DataPlaneParts) {
    this.#parts = parts;
    this.#haproxy = new HaProxy(parts.haproxy, parts.namespace, () => {
      parts.report("HAProxy ended by itself; it is started again, its connections are lost");
      this.#config = "";
      this.#open = new Map();
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
    await this.#haproxy.stop();
  }

  async #applyNow(): Promise<void> {
    const balancing = await this.#parts.readBalancing();
    const addresses = this.#assignAddresses(balancing);
    writeWhole("hosts", hostsFile(balancing, addresses));
    for (const note of notes(balancing, addresses)) this.#sayOnce(note);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#load(balancing, addresses);
        break;
      } catch (error) {
        if (!(error instanceof NotLoadedError) || attempt === LOAD_ATTEMPTS) throw error;
      }
    }
    this.#planDrains(balancing);
    this.#balancing = balancing;
  }

  async #load(balancing: Balancing, addresses: ReadonlyMap<string, string>): Promise<void> {
    const { nodes } = this.#parts;
    const reached = { ...balancing, addresses, nodePorts: this.#nodePorts };
    const hostPorts = await assignHostPorts(wantedPorts(reached), {
      remembered: hostPortsOf(readJson("forwards.json", noForwards)),
      open: this.#open,
      isFree: isFreePort,
    });
    const plan: Plan = { ...reached, hostNamespace: OWN_NAMESPACE, nodes, hostPorts };
    const config = haproxyConfig(plan);
    if (config === this.#config) return;
    await this.#haproxy.load(config, (known) => serverState(balancing, known));
    this.#config = config;
    this.#open = hostPorts;
    writeWhole("forwards.json", JSON.stringify(forwardsOf(plan), undefined, 2));
  }

  #assignAddresses({ balancers }: Balancing): Map<string, string> {
    const before = readJson("addresses.json", noAddresses);
    const arns = balancers.map(({ arn }) => arn);
    const assigned = assignAddresses(before, arns);
    writeWhole("addresses.json", JSON.stringify(assigned));
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

/** Which name has which address, as /etc/hosts says it. */
const hostsFile = ({ balancers }: Balancing, addresses: ReadonlyMap<string, string>): string =>
  balancers
    .filter(({ arn }) => addresses.has(arn))
    .map(({ arn, dnsName }) => `${addresses.get(arn)} ${dnsName.toLowerCase()}\n`)
    .join("");
