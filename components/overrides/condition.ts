/** Whether a field is stated: neither left out nor null. */
export const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** What a field must be that stands only beside certain values of another one, or beside any. */
export const unless = (other: string, ...values: readonly unknown[]): string =>
  `must not be set unless ${other} is ${values.length === 0 ? "set" : values.join(" or ")}`;
