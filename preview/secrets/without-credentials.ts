import { withoutSecrets } from "../../components/validation/secrets/without-secrets.ts";
import { SECRET } from "../engine/values.ts";
import { CREDENTIALS } from "./credentials.ts";

/** Long words of letters of both cases and digits, which nobody reads: what is left of a key or a token. */
const LONG_WORD = /(?<![\w+/=.:-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w+/=.:-])/g;
const ENTROPY_BITS = 4.2;

/** A value in which nothing looks like a credential, at any depth. Names of fields stay. */
export function withoutCredentials<T>(value: T, secrets: readonly string[] = []): T {
  return strings(value, (text) => withoutSecrets(masked(text), secrets)) as T;
}

function masked(text: string): string {
  const known = CREDENTIALS.reduce((left, pattern) => left.replaceAll(pattern, SECRET), text);
  return known.replaceAll(LONG_WORD, (word) => (isRandom(word) ? SECRET : word));
}

function isRandom(word: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(word)).length;
  return kinds === 3 && entropy(word) >= ENTROPY_BITS;
}

/** Shannon's entropy in bits a character. */
function entropy(word: string): number {
  const times = new Map<string, number>();
  for (const character of word) times.set(character, (times.get(character) ?? 0) + 1);
  return [...times.values()].reduce((sum, number) => {
    const share = number / word.length;
    return sum - share * Math.log2(share);
  }, 0);
}

function strings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((it) => strings(it, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, strings(it, change)]));
}
