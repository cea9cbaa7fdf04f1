import { describe, expect, test } from "vitest";
import type { Answer } from "../../../../local/tour/answer.ts";
import type { Followed } from "../../../../local/tour/endpoints.ts";
import { type PodsComeAndGo, podsComeAndGo } from "../../../../local/tour/s1-pods-come-and-go.ts";
import { type AddressStays, addressStays } from "../../../../local/tour/s2-address-stays.ts";
import { type Labels, labels } from "../../../../local/tour/s3-labels.ts";
import {
  type EndpointsFollow,
  endpointsFollow,
} from "../../../../local/tour/s4-endpoints-follow.ts";
import { type Inside, inside } from "../../../../local/tour/s5-inside.ts";
import { type NodePort, nodePort } from "../../../../local/tour/s6-node-port.ts";
import { type LoadBalancer, loadBalancer } from "../../../../local/tour/s7-load-balancer.ts";
import { type Choice, choice } from "../../../../local/tour/s8-choice.ts";
import type { Step } from "../../../../local/tour/step.ts";

const pod = (name: string, address = "10.244.0.2") => ({ name, address, node: "node-1" });
const from = (name: string): Answer => ({ pod: name });
const nobody: Answer = { failure: "refused" };

/** Evidence that goes with the truth, and what is said when a part of it is other. */
function judged<Evidence>(
  { judge, number }: Step<Evidence>,
  good: Evidence,
  cases: readonly (readonly [Partial<Evidence>, string])[],
): void {
  describe(number, () => {
    test(`${number}: holds when all is seen that goes with it`, () => {
      expect(judge(good)).toEqual([]);
    });

    test.each(cases)(`${number}: fails when there is %j`, (other, problem) => {
      expect(judge({ ...good, ...other })).toEqual([problem]);
    });
  });
}

const [old, reborn] = [pod("old"), pod("reborn", "10.244.0.3")];

judged<PodsComeAndGo>(
  podsComeAndGo,
  { before: [old], after: [reborn], known: old, answerBefore: from("old"), answersAfter: [nobody] },
  [
    [
      { answerBefore: nobody },
      "before: 10.244.0.2 was to answer as old, but there was no Pod answered (refused)",
    ],
    [
      { answersAfter: [nobody, from("reborn")] },
      "after: the old address 10.244.0.2 was to be dead, but 1 of 2 requests were answered",
    ],
    [
      { answersAfter: [] },
      "after: the old address 10.244.0.2 was to be dead, but 0 of 0 requests were answered",
    ],
    [{ after: [pod("reborn")] }, "after: a reborn Pod has the old address 10.244.0.2"],
    [{ after: [] }, "after: there are 0 Pods, and there were 1"],
  ],
);

const address = { clusterIP: "10.96.0.7", uid: "a" };

judged<AddressStays>(
  addressStays,
  {
    service: "web",
    before: address,
    after: address,
    podsBefore: [old],
    podsAfter: [reborn],
    answersByName: [from("old"), from("reborn")],
    answerByAddress: from("reborn"),
  },
  [
    [
      { after: { clusterIP: "10.96.0.8", uid: "a" } },
      "the address of web was to stay 10.96.0.7, and is 10.96.0.8",
    ],
    [
      { after: { clusterIP: "10.96.0.7", uid: "b" } },
      "the address of web was to stay 10.96.0.7, and is 10.96.0.7 of another Service of the same name",
    ],
    [{ podsAfter: [old, reborn] }, "every Pod was to be replaced, and 1 of 2 were not"],
    [{ podsAfter: [] }, "every Pod was to be replaced, and 0 of 0 were not"],
    [
      { answersByName: [from("old"), nobody] },
      "every request to web was to be answered, and 1 of 2 were not: refused",
    ],
    [{ answersByName: [] }, "every request to web was to be answered, and 0 of 0 were not: "],
    [{ answerByAddress: nobody }, "10.96.0.7 was to answer afterwards: refused"],
  ],
);

const targetKind = (...endpoints: string[]): Followed => ({
  service: "web",
  selector: "app=web",
  pods: endpoints,
  endpoints,
});

judged<Labels>(
  labels,
  {
    before: targetKind("10.244.0.2"),
    orphan: old,
    withoutOrphan: targetKind("10.244.0.3"),
    orphanAnswer: from("old"),
    stranger: pod("stranger", "10.244.0.4"),
    withStranger: targetKind("10.244.0.3", "10.244.0.4"),
    strangerAnswer: from("stranger"),
  },
  [
    [{ before: targetKind("10.244.0.9") }, "web was to lead to 10.244.0.2 at first"],
    [
      { withoutOrphan: targetKind("10.244.0.2") },
      "web was not to lead to 10.244.0.2 without the label, and does",
    ],
    [
      { withoutOrphan: targetKind() },
      "the Deployment was to make a new Pod, and web leads to 0 in place of 1",
    ],
    [
      { orphanAnswer: nobody },
      "the Pod without the label was to live on: no Pod answered (refused)",
    ],
    [
      { withStranger: targetKind("10.244.0.3") },
      "web was to lead to the stranger 10.244.0.4, and leads to 10.244.0.3",
    ],
    [
      { strangerAnswer: from("old") },
      "the stranger was to answer under the name web: answered by old",
    ],
  ],
);

const unlike = (pods: string[], endpoints: string[]) => ({ ...targetKind(), pods, endpoints });

judged<EndpointsFollow>(
  endpointsFollow,
  {
    services: [targetKind("10.244.0.2")],
    newcomer: reborn,
    notReady: targetKind("10.244.0.2"),
    ready: targetKind("10.244.0.2", "10.244.0.3"),
    gone: targetKind("10.244.0.2"),
  },
  [
    [
      { services: [targetKind()] },
      "web was to lead to the ready Pods with app=web (nobody), and leads to nobody",
    ],
    [
      { services: [unlike(["10.244.0.2"], ["10.244.0.2", "10.244.0.9"])] },
      "web was to lead to the ready Pods with app=web (10.244.0.2), and leads to 10.244.0.2, 10.244.0.9",
    ],
    [{ notReady: targetKind("10.244.0.2", "10.244.0.3") }, "reborn was listed before it was ready"],
    [{ ready: targetKind("10.244.0.2") }, "reborn was not listed when it was ready"],
    [{ gone: targetKind("10.244.0.3") }, "reborn was listed when it had gone"],
  ],
);

judged<Inside>(
  inside,
  {
    service: "web",
    type: "ClusterIP",
    clusterIP: "10.96.0.7",
    port: 80,
    targetPort: "8080",
    pods: ["old"],
    fromPod: from("old"),
    fromVpc: nobody,
    fromHost: from("<html>a page of somebody else</html>"),
    vpcCanAsk: from("front"),
    hostCanAsk: from("front"),
  },
  [
    [{ type: "NodePort" }, "web was to be of type ClusterIP, and is NodePort"],
    [{ port: 8080 }, "web was to have port 80, and has 8080"],
    [{ fromPod: nobody }, "web was to lead a Pod to old: no Pod answered (refused)"],
    [{ fromPod: from("front") }, "web was to lead a Pod to old: answered by front"],
    [{ fromVpc: from("old") }, "10.96.0.7 was not to answer beside the nodes: answered by old"],
    [{ fromHost: from("old") }, "10.96.0.7 was not to answer on this computer: answered by old"],
    [{ vpcCanAsk: nobody }, "nothing can be asked beside the nodes: no Pod answered (refused)"],
    [{ hostCanAsk: nobody }, "nothing can be asked on this computer: no Pod answered (refused)"],
  ],
);

const node = { node: "node-2", url: "http://10.0.1.4:30007", pods: 0, answer: from("front") };
const refusal = "provided port is not in the valid range";

judged<NodePort>(
  nodePort,
  {
    service: "web",
    type: "NodePort",
    nodePort: 30007,
    clusterIP: "10.96.0.8",
    pods: ["front"],
    nodes: [node],
    refusals: [refusal, refusal],
    given: 30954,
  },
  [
    [{ type: "ClusterIP" }, "web was to be of type NodePort, and is ClusterIP"],
    [{ clusterIP: "None" }, "web was to have a ClusterIP as well"],
    [{ nodePort: 29999 }, "29999 was to be from 30000 to 32767"],
    [{ nodes: [] }, "there are no nodes"],
    [
      { nodes: [node, { ...node, url: "http://10.0.2.4:30007", answer: nobody }] },
      "http://10.0.2.4:30007 was to lead to front: no Pod answered (refused)",
    ],
    [
      { nodes: [{ ...node, answer: from("old") }] },
      "http://10.0.1.4:30007 was to lead to front: answered by old",
    ],
    [
      { refusals: [undefined, refusal] },
      "port 29999 was to be refused as out of range: it was taken",
    ],
    [
      { refusals: [refusal, "the quota is used up"] },
      "port 32768 was to be refused as out of range: the quota is used up",
    ],
    [{ given: undefined }, "a port from the range was to be given where none is said: undefined"],
    [{ given: 32768 }, "a port from the range was to be given where none is said: 32768"],
  ],
);

const inAws = {
  type: "network",
  dnsName: "front.example",
  listeners: [{ port: 80, targetPort: 30954 }],
  targets: ["i-1", "i-2"],
};
const [both, next] = [
  ["a", "b"],
  ["c", "d"],
];

judged<LoadBalancer>(
  loadBalancer,
  {
    service: "web",
    addressBefore: "front.example",
    addressAfter: "front.example",
    nodePort: 30954,
    inAws,
    machines: ["i-1", "i-2"],
    hostUrl: "http://127.0.0.1:8080",
    podsBefore: both,
    podsAfter: next,
    fromPod: from("a"),
    answersBefore: both.map(from),
    answersMeanwhile: [from("a"), from("c")],
    answersAfter: [from("a"), ...next.map(from)],
  },
  [
    [{ inAws: undefined }, "AWS has no load balancer front.example"],
    [
      { inAws: { ...inAws, type: "classic" } },
      "it was to be a network load balancer, and is classic",
    ],
    [{ nodePort: 30001 }, "it was to lead 80 to 30001, and leads 80 to 30954"],
    [{ machines: ["i-1"] }, "it was to lead to i-1, and leads to i-1, i-2"],
    [
      { addressAfter: "other.example" },
      "its address was to stay front.example, and is other.example",
    ],
    [{ podsAfter: [...next, "a"] }, "every Pod was to be replaced, and 1 of 3 were not"],
    [{ fromPod: nobody }, "its name was to lead a Pod to a or b: no Pod answered (refused)"],
    [
      { answersMeanwhile: [nobody, from("a")] },
      "meanwhile: every request was to be answered, and 1 of 2 were not: refused",
    ],
    [
      { answersMeanwhile: [] },
      "meanwhile: every request was to be answered, and 0 of 0 were not: ",
    ],
    [
      { answersBefore: [from("a"), from("a")] },
      "before: the requests were to be spread over a, b, and went to a",
    ],
    [
      { answersAfter: [from("c"), from("b")] },
      "after: the requests were to be spread over c, d, and went to b, c",
    ],
  ],
);

const all = { inPod: from("a"), inVpc: from("a"), outside: from("a") };
const only = { inPod: from("a"), inVpc: nobody, outside: nobody };
const reach = { type: "ClusterIP", address: "http://web", ...only };

judged<Choice>(
  choice,
  {
    clusterIP: reach,
    nodePort: { ...reach, type: "NodePort", ...all },
    loadBalancer: { ...reach, type: "LoadBalancer", ...all },
  },
  [
    [
      { clusterIP: { ...reach, outside: from("a") } },
      "ClusterIP was not to answer outside: a answered",
    ],
    [
      { clusterIP: { ...reach, inVpc: from("a") } },
      "ClusterIP was not to answer beside the nodes: a answered",
    ],
    [{ clusterIP: { ...reach, inPod: nobody } }, "ClusterIP was to answer in a Pod: refused"],
    [
      { nodePort: { ...reach, type: "NodePort", ...all, outside: nobody } },
      "NodePort was to answer outside: refused",
    ],
    [
      { loadBalancer: { ...reach, type: "LoadBalancer", ...all, inVpc: nobody } },
      "LoadBalancer was to answer beside the nodes: refused",
    ],
  ],
);
