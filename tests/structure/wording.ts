import type { Source } from "./structure.ts";

/** A word or a phrase that was replaced, and what to write. */
interface Replaced {
  readonly old: RegExp;
  readonly write: string;
}

/** Old names of code: CHANGELOG.md has them all. */
const NAMES: readonly Replaced[] = [
  { old: /\bCarryOut\b/, write: "ControllerSync" },
  { old: /\bSpoken\b|\bspeak\(/, write: "Rendered, render" },
  { old: /\bSaid\b/, write: "AnnotationValue" },
  { old: /\bhonours\b|\bHonoured\b/, write: "supports, Support" },
  {
    old: /\botherKeys\b|\breplacedBy\b|\bexposedBy\b/,
    write: "conflictingKeys, forceNewKeys, exposureKeys",
  },
  { old: /\bkeptFindings\b/, write: "stickyFindings" },
  { old: /\bmintTarget\b|\bisMinted\b/, write: "issueTarget, isIssued" },
  { old: /\bnode-port-desk\b|\bonce-per-program\b/, write: "node-port-registry, program-registry" },
  {
    old: /\breadTexts\b|\breadTextList\b|\bnonEmptyText\b|\banyText\b/,
    write: "readStringMap, readStringList, nonEmptyString, anyString",
  },
  { old: /\bisLate\b|\blateAddress\b/, write: "isDeferred, deferredAddress" },
  { old: /\bSurroundings\b|\bsurroundings\b/, write: "context" },
  { old: /\bproveReadiness\b/, write: "verifyEndpoints, recordEndpoints" },
  { old: /\bfulfils\b|\bwithoutReplicasOfOthers\b/, write: "matchesSelector, omitIgnoredReplicas" },
  {
    old: /\bFrontRecords\b|\bFrontSecurityGroup\b|\bleadsTo\b/,
    write: "DnsRecords, LoadBalancerSecurityGroup, targetKind",
  },
  { old: /\bOwnZone\b|\bMostlyOwnZone\b/, write: "ZoneAffinity, PartialZoneAffinity" },
  {
    old: /\bwhole-file\b|\bmended_moto\b|\bhappenings\b/,
    write: "atomic-file, moto_patches, watch-log",
  },
  { old: /\bReadyWithinArgs\b/, write: "TargetReadyArgs" },
];

/** Old phrases of messages, comments and pages. */
const PHRASES: readonly Replaced[] = [
  { old: /text that is not empty/, write: "non-empty string" },
  { old: /must be left out/, write: "must not be set" },
  { old: /has nothing like it/, write: "is not supported by" },
  { old: /has not carried it out/, write: "has not reconciled the Service" },
  { old: /by silence/, write: "unless you say so" },
  { old: /the build that process .* is at\b/, write: "process N to finish building" },
  { old: /\bis the controller's\./, write: "depends on the controller" },
];

/** Turns of phrase that a reader has to read twice. */
const TURNS: readonly Replaced[] = [
  { old: /\b[Ww]hoever\b/, write: "the user, the client, a process that" },
  { old: /\bof which\b/, write: "a second sentence" },
  { old: /\bbut for\b|\bBut for\b/, write: "except" },
  { old: /\bas by\b/, write: "for example" },
];

/** What the turns of phrase are looked for in. Go sources are left out: a changed comment would build the tools anew. */
const PLAIN =
  /^(components|testing|local|preview|policy|where|doctor)\/.*\.(ts|py)$|^(index|config)\.ts$|^(docs|examples)\/(?!api\/).*\.(md|ts)$|^[A-Z]+\.md$/;

/** Every line with a replaced word, as `path:line has "old"; write new`. */
export function wordingProblems(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) =>
      [...NAMES, ...PHRASES, ...(PLAIN.test(path) ? TURNS : [])].flatMap(({ old, write }) => {
        const [found] = old.exec(line) ?? [];
        return found === undefined ? [] : [`${path}:${index + 1} has "${found}"; write ${write}`];
      }),
    ),
  );
}
