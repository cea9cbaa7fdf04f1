import { readFileSync } from "node:fs";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AWS_REGION, awsAccess } from "../../local/cloud/simulated-aws.ts";
import { ensurePki } from "../../local/cluster/pki.ts";
import { readPorts } from "../../local/cluster/ports.ts";
import type { LocalPaths } from "../../local/paths.ts";

/** What a cluster holds, by a name of each thing: while nobody with credentials is at work, none of it changes. */
export type Contents = Readonly<Record<string, string>>;

/** What changes by itself: who leads and lives, what happened, and up to where history was cut off. */
const BY_ITSELF = /^(compact_rev_key$|\/registry\/(events|leases|masterleases|peerserverleases)\/)/;
/** Nodes say again and again how they are. */
const NODE = /^\/registry\/minions\//;

/** The keys of the database with their revisions, the journal of the simulated AWS, and what is there. */
export async function contentsOf(paths: LocalPaths): Promise<Contents> {
  const journal = readFileSync(paths.awsJournal, "utf8");
  return { ...(await keysOf(paths)), "journal of AWS": journal, AWS: await awsOf(paths) };
}

async function awsOf(paths: LocalPaths): Promise<string> {
  const access = awsAccess(paths, readPorts(paths.run).aws ?? 0);
  const as = { region: AWS_REGION, endpoint: access.endpoint, credentials: access };
  const [ec2, balancing] = [new EC2(as), new ElasticLoadBalancingV2(as)];
  const { Vpcs } = await ec2.describeVpcs({});
  const { Reservations } = await ec2.describeInstances({});
  const { SecurityGroups } = await ec2.describeSecurityGroups({});
  const { LoadBalancers } = await balancing.describeLoadBalancers({});
  return JSON.stringify([Vpcs, Reservations, SecurityGroups, LoadBalancers]);
}

/** The keys of the database with the revision in which each was last changed, but for what changes by itself. */
export async function keysOf(paths: LocalPaths): Promise<Contents> {
  const { authority, etcdClient } = await ensurePki(paths.pki);
  const asking = request({
    host: "127.0.0.1",
    port: readPorts(paths.run).etcd,
    method: "POST",
    path: "/v3/kv/range",
    agent: false,
    ca: readFileSync(authority),
    cert: readFileSync(etcdClient.certificate),
    key: readFileSync(etcdClient.key),
  });
  const all = "AA==";
  asking.end(JSON.stringify({ key: all, range_end: all, keys_only: true }));
  const answer = await new Promise<string>((resolve, reject) => {
    asking.once("response", (response) => resolve(text(response)));
    asking.once("error", reject);
  });
  const { kvs = [] } = JSON.parse(answer) as { kvs?: { key: string; mod_revision: string }[] };
  const keys = kvs.map(({ key, mod_revision: revision }) => {
    const name = Buffer.from(key, "base64").toString();
    return [name, NODE.test(name) ? "" : revision] as const;
  });
  return Object.fromEntries(keys.filter(([name]) => !BY_ITSELF.test(name)));
}
