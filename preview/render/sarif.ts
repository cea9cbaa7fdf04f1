import { findingRules } from "../findings/find.ts";
import { digestOf } from "../fingerprint.ts";
import { type Report, Severity, type StackReport } from "../report.ts";
import { oneLine } from "./words.ts";

const LEVELS: Readonly<Record<Severity, string>> = {
  [Severity.Block]: "error",
  [Severity.Warn]: "warning",
  [Severity.Note]: "note",
};

/**
 * The report in SARIF 2.1.0, for code scanning. A finding has the URN as its logical location: an engine's event does not
 * say which line declared a resource.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: Report): string {
  const results = report.stacks.flatMap((stack) => [...doubtsOf(stack), ...findingsOf(stack)]);
  const ids = [...new Set(results.map(({ ruleId }) => ruleId))].sort();
  const described = new Map(findingRules.map(({ description, id }) => [id, description]));
  const rules = ids.map((id) => ({ id, shortDescription: { text: described.get(id) ?? id } }));
  const stacks = report.stacks.map(({ project, stack, verdict }) => ({ project, stack, verdict }));
  const tool = { driver: { name: "pulumi-preview-gate", rules } };
  const run = { tool, results, properties: { stacks } };
  return `${JSON.stringify({ version: "2.1.0", $schema: "https://json.schemastore.org/sarif-2.1.0.json", runs: [run] }, null, 2)}\n`;
}

const doubtsOf = ({ project, stack, trust }: StackReport) =>
  trust
    .filter(({ status }) => status === "failed")
    .map(({ id, message }) => result(`trust-${id}`, "error", message, `${project}/${stack}`));

const findingsOf = ({ findings }: StackReport) =>
  findings.map(({ message, resource, rule, severity, urn, waiver }) => ({
    ...result(rule, LEVELS[severity], `${resource} ${message}`, urn),
    ...(waiver === undefined
      ? {}
      : { suppressions: [{ kind: "external", justification: waiver.because }] }),
  }));

function result(ruleId: string, level: string, text: string, place: string) {
  return {
    ruleId,
    level,
    message: { text: oneLine(text) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: "Pulumi.yaml" }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: place }],
      },
    ],
    partialFingerprints: { "ruleAndResource/v1": digestOf([ruleId, place]) },
  };
}
