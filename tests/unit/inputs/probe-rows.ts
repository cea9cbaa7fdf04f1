import type { ProbeArgs } from "../../../components/index.ts";
import type { InputRow } from "./input-row.ts";

/** Where a probe is given and shows. */
export interface ProbePlace {
  /** The probe as the package's schema has it. */
  readonly field: string;
  /** The probe in a refusal. */
  readonly path: string;
  /** The probe in the objects. */
  readonly place: string;
  /** The arguments with a probe in the field. */
  readonly given: (probe: ProbeArgs) => object;
  /** The name of the port that it asks. */
  readonly port: string;
  /** How many passes in a row a probe of this kind can want at most. */
  readonly mostPasses: number;
}

const TIMINGS = [
  ["initialDelaySeconds", -1, "must be an integer from 0 to 2147483647"],
  ["periodSeconds", 0, "must be an integer from 1 to 2147483647"],
  ["timeoutSeconds", 0.5, "must be an integer from 1 to 2147483647"],
  ["failureThreshold", 0, "must be an integer from 1 to 2147483647"],
] as const;

/** The rows of a probe's fields. */
export function probeRows(probe: ProbePlace): InputRow[] {
  return [...handlerRows(probe), ...timingRows(probe)];
}

function handlerRows({ field, given, path, place, port }: ProbePlace): InputRow[] {
  return [
    {
      field: `${field}.httpGet.path`,
      given: (value) => given({ httpGet: { path: value, port } }),
      good: "/other",
      shows: { [`${place} httpGet path`]: "/other" },
      bad: "other",
      path: `${path}.httpGet.path`,
      must: 'must start with "/"',
    },
    {
      field: `${field}.httpGet.httpHeaders{}`,
      given: (value) => given({ httpGet: { path: "/", port, httpHeaders: { Host: value } } }),
      good: "shop.example",
      shows: { [`${place} httpGet httpHeaders 0 value`]: "shop.example" },
      bad: 7,
      path: `${path}.httpGet.httpHeaders["Host"]`,
      must: "must be a string; quote numbers and booleans",
    },
    {
      field: `${field}.grpc.service`,
      given: (value) => given({ grpc: { port, service: value } }),
      good: "shop.Orders",
      shows: { [`${place} grpc service`]: "shop.Orders" },
      bad: 7,
      path: `${path}.grpc.service`,
      must: "must be a string; quote numbers and booleans",
    },
    {
      field: `${field}.exec.command[]`,
      given: (value) => given({ exec: { command: ["check", value] } }),
      good: "--all",
      shows: { [`${place} exec command 1`]: "--all" },
      bad: " ",
      path: `${path}.exec.command[1]`,
      must: "must be a non-empty string",
    },
  ];
}

function timingRows({ field, given, mostPasses, path, place, port }: ProbePlace): InputRow[] {
  const tcpSocket = { port };
  const row = (name: string, good: number, bad: number, must: string): InputRow => ({
    field: `${field}.${name}`,
    given: (value) => given({ tcpSocket, [name]: value }),
    good,
    shows: { [`${place} ${name}`]: good },
    bad,
    path: `${path}.${name}`,
    must,
  });
  const range = mostPasses === 1 ? "from 1 to 1" : "from 1 to 2147483647";
  return [
    ...TIMINGS.map(([name, bad, must]) => row(name, 7, bad, must)),
    row("successThreshold", mostPasses, 0, `must be an integer ${range}`),
  ];
}
