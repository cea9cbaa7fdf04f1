import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";

/** One member of an archive: its header, and its content where it has one. */
export type Member = readonly [Partial<Header> & { readonly name: string }, string?];

/** A tar.gz of some members, in their order. */
export async function tarGz(members: readonly Member[]): Promise<Buffer> {
  const archive = pack();
  for (const [header, content = ""] of members) archive.entry(header, content);
  archive.finalize();
  return gzipSync(await buffer(archive));
}
