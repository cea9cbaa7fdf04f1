/** How a controller reports on a Service: by the reasons of its events and by the Service's address. */
export interface Evidence {
  /**
   * The reasons with which a sync begins. A success without such an event since the change belongs to an earlier state.
   */
  readonly begun: readonly string[];
  /** The reasons with which it reports success. */
  readonly accepted: readonly string[];
  /** The reasons with which it reports an error, before it retries. */
  readonly refused: readonly string[];
  /** Parts of an error message which mean that the cloud has not finished yet. */
  readonly unfinished: readonly string[];
  /**
   * Whether it reports success or an error after every change. If not, an address without an error is the only
   * evidence.
   */
  readonly answersEachChange: boolean;
}
