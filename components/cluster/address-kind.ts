/** The kind of an address, which decides its DNS record: A or AAAA for an IP, CNAME or alias for a hostname. */
export const AddressKind = {
  /** An IPv4 or IPv6 address. */
  Ip: "ip",
  /** A DNS name. */
  Hostname: "hostname",
} as const;
/** The kind of an address. */
export type AddressKind = (typeof AddressKind)[keyof typeof AddressKind];
