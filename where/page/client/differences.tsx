import type { PageModel } from "../model/page-model.ts";

/** What differs from what a program declares, if one was given. */
export function Differences({ differences }: Pick<PageModel["facts"], "differences">) {
  if (differences === undefined) return null;
  return (
    <section class="differences" aria-labelledby="differences">
      <h2 id="differences">Declared and live</h2>
      {differences.length === 0 ? (
        <p class="none">What the program declares is there, and nothing else</p>
      ) : (
        <ul>
          {differences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
