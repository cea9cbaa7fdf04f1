/** Why a release cannot be had, as far as it decides what comes next. */
export const Trouble = {
  /** The next attempt may succeed. */
  Passing: "passing",
  /** It will be so the next time. */
  Lasting: "lasting",
  /** The publisher, or the mirror, has no such file. */
  Missing: "missing",
} as const;

/** One of the kinds of trouble. */
export type Trouble = (typeof Trouble)[keyof typeof Trouble];

/** A release cannot be had; what it brings can be built instead. */
export class ReleaseUnavailable extends Error {
  override readonly name = "ReleaseUnavailable";
  readonly reason: string;
  readonly trouble: Trouble;

  constructor(address: string, reason: string, trouble: Trouble) {
    super(`${address}: ${reason}`);
    this.reason = reason;
    this.trouble = trouble;
  }
}
