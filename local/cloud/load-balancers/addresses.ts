/** Which load balancer has which address of 10.0.255.0/24. */
export interface Addresses {
  /** The last number that was given out; numbers go round, so that an address is not soon somebody else's. */
  readonly last: number;
  /** IP address by the load balancer's ARN. */
  readonly byArn: Readonly<Record<string, string>>;
}

/** Nothing given out yet. */
export const noAddresses: Addresses = { last: 0, byArn: {} };

const LAST = 254;

/** Keeps the addresses of the load balancers that are there, gives the new ones an address each, and takes those of the others back. */
export function assignAddresses({ last, byArn }: Addresses, arns: readonly string[]): Addresses {
  const kept = arns.flatMap((arn) =>
    byArn[arn] === undefined ? [] : [[arn, byArn[arn]] as const],
  );
  const next = Object.fromEntries<string>(kept);
  const taken = new Set(Object.values(next));
  let number = last;
  for (const arn of arns) {
    if (next[arn] !== undefined || taken.size === LAST) continue;
    do number = (number % LAST) + 1;
    while (taken.has(addressOf(number)));
    next[arn] = addressOf(number);
    taken.add(addressOf(number));
  }
  return { last: number, byArn: next };
}

const addressOf = (number: number): string => `10.0.255.${number}`;
