/** A text with the queries of its URLs and paths left out, which may have passwords. */
export const withoutQueries = (text: string): string =>
  text.replaceAll(/(\/[^\s"'?]*)\?[^\s"']*/g, "$1?…");
