import { type Box, Column, type PageModel } from "./page-model.ts";

/** A table: the same content as the picture, for reading and for screen readers. */
export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly TableRow[];
}

/** A row of a table. */
export interface TableRow {
  /** The id of the box or the cell. */
  readonly id: string;
  readonly cells: readonly string[];
}

/** The tables of a model: Services with their chains, owners, Pods, nodes. */
export function tablesOf(model: PageModel): readonly Table[] {
  return [servicesTable(model), ownersTable(model), podsTable(model), nodesTable(model)];
}

function servicesTable({ boxes, links, verdicts }: PageModel): Table {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const answers = new Map(verdicts.map((it) => [it.id, it]));
  const rows = inColumn(boxes, Column.Service).map((box) => {
    const own = links.filter(({ service }) => service === box.title);
    const entries = own.filter(({ to }) => to === box.id).map(({ from }) => byId.get(from));
    const endpoints = byId.get(`Endpoints/${box.title}`);
    const owners = own.filter(({ from }) => from === endpoints?.id).map(({ to }) => byId.get(to));
    const answer = answers.get(box.title);
    return {
      id: box.id,
      cells: [
        box.title,
        answer?.verdict ?? "",
        entries.map(inWords).join("; "),
        [...box.lines, box.note].filter(Boolean).join("; "),
        endpoints === undefined
          ? ""
          : [endpoints.stateText, ...endpoints.lines].filter(Boolean).join("; "),
        owners.map((it) => it?.title ?? "").join("; "),
        answer === undefined || answer.verdict === "healthy" ? "" : answer.sentence,
      ],
    };
  });
  const head = [
    "Service",
    "Answer",
    "Entry",
    "Address and ports",
    "Endpoints",
    "Owners",
    "What is wrong",
  ];
  return { caption: "Services", head, rows };
}

function ownersTable({ boxes }: PageModel): Table {
  const rows = inColumn(boxes, Column.Owner).map(({ id, lines, note, stateText, title }) => ({
    id,
    cells: [title, lines.join("; "), [stateText, note].filter(Boolean).join("; ")],
  }));
  return { caption: "Owners of Pods", head: ["Name", "Kind", "State"], rows };
}

function podsTable({ boxes, cells }: PageModel): Table {
  const owners = new Map(boxes.map(({ id, title }) => [id, title]));
  const rows = cells.map(({ box, id, name, node, stateText }) => ({
    id,
    cells: [name, stateText, owners.get(box) ?? "", node],
  }));
  return { caption: "Pods", head: ["Pod", "State", "Owner", "Node"], rows };
}

function nodesTable({ boxes }: PageModel): Table {
  const rows = inColumn(boxes, Column.Node).map(({ id, lines, stateText, title }) => ({
    id,
    cells: [title, stateText, lines.join("; ")],
  }));
  return { caption: "Nodes", head: ["Node", "State", "Pods"], rows };
}

function inColumn(boxes: readonly Box[], column: Column): readonly Box[] {
  return boxes.filter((box) => box.column === column);
}

function inWords(box: Box | undefined): string {
  return box === undefined ? "" : [box.title, ...box.lines].filter(Boolean).join(" ");
}
