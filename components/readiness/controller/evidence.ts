/** How a controller shows what became of a Service: by reasons of its events, and by the Service's address. */
export interface Evidence {
  /** What it says when it begins. Without one among what is said since a change, an acceptance is of something older. */
  readonly begun: readonly string[];
  /** What it says when it has carried out a Service. */
  readonly accepted: readonly string[];
  /** What it says when it refuses a Service, before it tries again. */
  readonly refused: readonly string[];
  /** What is in the message of such a refusal where the cloud is merely not done yet. */
  readonly unfinished: readonly string[];
  /** Whether it says one or the other after each change. Where not, an address and no refusal are all there is to see. */
  readonly answersEachChange: boolean;
}
