import type { PreviewEvidence } from "../evidence.ts";
import type { TrustItem } from "../report.ts";
import { count, distrusted, trusted } from "./item.ts";

const ID = "state";
const HOUR_MILLISECONDS = 3_600_000;

/** Whether the state is whole, and was the same before and after the preview. */
export function judgeState({ collectedAt, state }: PreviewEvidence): TrustItem {
  if (state.before === "" || state.after === "") return distrusted(ID, "The state cannot be read");
  if (state.before !== state.after) {
    return distrusted(
      ID,
      "The state changed during the preview: another update is under way, or has just ended",
    );
  }
  if (state.pending.length > 0) {
    return distrusted(
      ID,
      `An interrupted update has left ${count(state.pending.length, "operation")} behind; run pulumi refresh first`,
      state.pending,
    );
  }
  if (state.writtenAt === undefined) return trusted(ID, "The stack has no state yet");
  const hours = Math.floor(
    (Date.parse(collectedAt) - Date.parse(state.writtenAt)) / HOUR_MILLISECONDS,
  );
  const age =
    hours >= 48 ? count(Math.floor(hours / 24), "day") : count(Math.max(hours, 0), "hour");
  return trusted(ID, `The state was written ${age} ago`);
}

/** Whether the program is what the repository has. It is no fault, and the fingerprint covers the difference. */
export function describeSource({ source }: PreviewEvidence): TrustItem {
  if (source.tree === "")
    return trusted(
      "source",
      "The program is in no Git repository; the fingerprint does not cover it",
    );
  return trusted(
    "source",
    source.uncommitted === ""
      ? `The program is Git's tree ${source.tree}`
      : `The program is Git's tree ${source.tree} with changes that are not committed`,
  );
}
