import type { PageModel } from "../model/page-model.ts";

/** What differs from what a program declares, if one was given. */
export function Differences({
  differences,
  notCompared = [],
}: Pick<PageModel["facts"], "differences" | "notCompared">) {
  if (differences === undefined) return null;
  const none =
    notCompared.length === 0
      ? "What the program declares is there, and nothing else"
      : "No difference in what could be compared";
  return (
    <section class="differences" aria-labelledby="differences">
      <h2 id="differences">Declared and live</h2>
      {differences.length === 0 ? (
        <p class="none">{none}</p>
      ) : (
        <ul>
          {differences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {notCompared.length > 0 && <p class="none">Not compared: {notCompared.join(", ")}</p>}
    </section>
  );
}
