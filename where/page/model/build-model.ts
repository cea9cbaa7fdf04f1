import type { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { conditionOf } from "../../diagnosis/pods.ts";
import type { ClusterState, Node } from "../../state/cluster-state.ts";
import { type BoxContent, chainsOf, type ServiceChain } from "./chains.ts";
import { chainLinks, stateOfVerdict, verdictOf } from "./findings.ts";
import { BOX_HEIGHT, COLUMNS, cellPlace, SENTENCE_OFFSET } from "./geometry.ts";
import { arrange, type Layout } from "./layout.ts";
import { compare, countPods, NO_OWNER, type Owner, ownersOf } from "./owners.ts";
import { type Box, type Cell, Column, type PageLink, type PageModel, State } from "./page-model.ts";
import { podState } from "./pod-state.ts";
import { timelineOf } from "./timeline.ts";

/** What a model is made from. */
export interface ModelInput {
  readonly namespace: string;
  /** The objects of the namespace, its nodes and the names of namespaces. */
  readonly state: ClusterState;
  /** The answer for a Service. */
  readonly diagnose: (service: string) => Diagnosis;
  /** Where everything was; absent at first, and to arrange everything anew. */
  readonly layout?: Layout | undefined;
  /** In milliseconds. */
  readonly now: number;
  /** The names of Pods that were there, by uid: for those that are gone. */
  readonly names: ReadonlyMap<string, string>;
}

/** A model, and where everything is in it. */
export interface Built {
  readonly model: PageModel;
  readonly layout: Layout;
}

/** Makes the page from what is known of a namespace. A pure function. */
export function buildModel(input: ModelInput): Built {
  const { layout: previous, namespace, now, state } = input;
  const owners = ownersOf(state.objects);
  const chains = chainsOf(state.objects, owners);
  const nodes = [...(state.objects.nodes ?? [])].sort((a, b) => compare(nameOf(a), nameOf(b)));
  const layout = arrange(previous, things(chains, owners, nodes), now);
  const cells = owners.flatMap((owner) => cellsOf(owner, layout, input));
  const answers = new Map(chains.map(({ name }) => [name, input.diagnose(name)]));
  const answer = ({ name }: ServiceChain) => answers.get(name) as Diagnosis;
  const bottomOf = (id: string) => {
    const place = layout.places.get(id);
    return (place?.y ?? 0) + (place?.height ?? 0);
  };
  return {
    layout,
    model: {
      facts: {
        namespace,
        namespaces: (state.objects.namespaces ?? [])
          .flatMap((it) => it.metadata?.name ?? [])
          .sort(compare),
        notSeen: state.notSeen.map(({ kind, reason }) => `${kind}: ${reason}`),
        height: Math.max(layout.bottom, layout.nodesBottom),
        overflow: overflowOf(owners, layout),
      },
      boxes: [
        ...chains.flatMap((chain) => chainBoxes(chain, layout, stateOfVerdict(answer(chain)))),
        ...owners.map((owner) => ownerBox(owner, layout)),
        ...nodes.map((node) => placed(nodeBox(node, cells), Column.Node, layout)),
      ],
      cells,
      links: [
        ...chains.flatMap((chain) => chainLinks(chain, answer(chain))),
        ...nodeLinks(cells, nodes),
      ],
      verdicts: chains.map((chain) =>
        verdictOf(chain, answer(chain), laneBottom(chain, bottomOf) + SENTENCE_OFFSET),
      ),
      events: timelineOf(state.objects),
    },
  };
}

/** Where the boxes of a lane end that are its own. */
function laneBottom({ entries, service }: ServiceChain, bottomOf: (id: string) => number): number {
  return Math.max(bottomOf(service.id), ...entries.map(({ id }) => bottomOf(id)));
}

function things(chains: readonly ServiceChain[], owners: readonly Owner[], nodes: readonly Node[]) {
  return {
    chains: chains.map(({ endpoints, entries, owners: selected, service }) => ({
      service: service.id,
      entries: entries.map(({ id }) => id),
      endpoints: endpoints.id,
      owners: selected,
    })),
    owners: owners.map(({ expected, id, pods }) => ({
      id,
      expected,
      pods: pods.map((pod) => pod.metadata?.uid ?? pod.metadata?.name ?? ""),
    })),
    nodes: nodes.map((node) => `Node/${nameOf(node)}`),
  };
}

function placed(content: BoxContent, column: Column, { places }: Layout): Box {
  const { height, y } = places.get(content.id) ?? { y: 0, height: BOX_HEIGHT };
  return { ...content, column, x: COLUMNS[column].x, y, height };
}

function chainBoxes(chain: ServiceChain, layout: Layout, state: State): readonly Box[] {
  return [
    ...chain.entries.map((entry) => placed(entry, Column.Entry, layout)),
    placed({ ...chain.service, state }, Column.Service, layout),
    placed(chain.endpoints, Column.Endpoints, layout),
  ];
}

function ownerBox(owner: Owner, layout: Layout): Box {
  const { ready, there } = countPods(owner);
  const wanted = owner.wanted ?? there;
  const [kind = "", name = ""] = owner.id.split("/");
  const state = ready >= wanted ? State.Fine : ready > 0 ? State.Suspect : State.Broken;
  const content = {
    id: owner.id,
    title: owner.id === NO_OWNER ? "Pods without an owner" : name,
    lines: [owner.id === NO_OWNER ? "" : kind],
    state: wanted === 0 && there === 0 ? State.Idle : state,
    stateText: wanted === 0 && there === 0 ? "scaled to 0" : `${ready} of ${wanted} ready`,
    ref: owner.ref,
  };
  return placed(content, Column.Owner, layout);
}

function nodeBox(node: Node, cells: readonly Cell[]): BoxContent {
  const name = nameOf(node);
  const ready = conditionOf(node.status?.conditions, "Ready")?.status;
  const pods = cells.filter((it) => it.node === name && it.state !== State.Gone).length;
  const zone = node.metadata?.labels?.["topology.kubernetes.io/zone"];
  const closed = node.spec?.unschedulable ? "takes no new Pods" : "";
  return {
    id: `Node/${name}`,
    title: name,
    lines: [`${pods} ${pods === 1 ? "Pod" : "Pods"} here${zone ? ` · ${zone}` : ""}`],
    state: ready === "True" ? State.Fine : ready === undefined ? State.Unknown : State.Broken,
    stateText:
      ready === "True" ? closed || "ready" : ready === undefined ? "not seen" : "not ready",
    ref: { kind: "Node", name },
  };
}

function cellsOf(owner: Owner, layout: Layout, { names, namespace }: ModelInput): readonly Cell[] {
  const pods = new Map(
    owner.pods.map((pod) => [pod.metadata?.uid ?? pod.metadata?.name ?? "", pod]),
  );
  const top = layout.places.get(owner.id)?.y ?? 0;
  return (layout.slots.get(owner.id) ?? []).flatMap((slot, index) => {
    if (slot === undefined) return [];
    const pod = pods.get(slot.uid);
    const name = pod?.metadata?.name ?? names.get(slot.uid) ?? "";
    const { x, y } = cellPlace(index);
    const stated = pod === undefined ? { state: State.Gone, stateText: "gone" } : podState(pod);
    return {
      id: slot.uid,
      box: owner.id,
      x: COLUMNS.owner.x + x,
      y: top + y,
      name,
      ...stated,
      node: pod?.spec?.nodeName ?? "",
      ref: { kind: "Pod", name, namespace },
    };
  });
}

function overflowOf(owners: readonly Owner[], { slots }: Layout): Readonly<Record<string, number>> {
  const counts = owners.map(({ id, pods }) => {
    const shown = new Set(slots.get(id)?.map((slot) => slot?.uid));
    return [
      id,
      pods.filter(({ metadata }) => !shown.has(metadata?.uid ?? metadata?.name ?? "")).length,
    ] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function nodeLinks(cells: readonly Cell[], nodes: readonly Node[]): readonly PageLink[] {
  const there = new Set(nodes.map(nameOf));
  const onNodes = cells.filter(({ node, state }) => there.has(node) && state !== State.Gone);
  const links = onNodes.map(({ box, node }) => ({
    id: `${box} → Node/${node}`,
    from: box,
    to: `Node/${node}`,
    state: State.Fine,
  }));
  return [...new Map(links.map((it) => [it.id, it])).values()];
}

function nameOf({ metadata }: Node): string {
  return metadata?.name ?? "";
}
