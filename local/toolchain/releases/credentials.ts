/** An address as it may be printed: without the name and password it may have, whether or not it is a valid URL. */
export function withoutCredentials(address: string): string {
  return address.replace(/^([a-z][a-z\d+.-]*:\/\/)?[^/]*@/i, "$1");
}

/** The name and password of an address as the value of an `authorization` header, if it has any. */
export function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return;
  const plain = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(plain).toString("base64")}`;
}
