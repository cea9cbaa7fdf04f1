import type { PageModel, TimelineEvent, Verdict } from "../model/page-model.ts";
import { has } from "./words.ts";

/** The worst first. */
const ORDER: readonly Verdict["verdict"][] = ["broken", "unknown", "healthy"];

/** What is wrong with each Service, and what to do. */
export function Answers({ verdicts }: Pick<PageModel, "verdicts">) {
  const found = verdicts
    .filter(({ cause }) => cause !== "")
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  if (found.length === 0) return <section class="answers empty" />;
  return (
    <section class="answers" aria-labelledby="answers">
      <h2 id="answers">What is wrong</h2>
      <ul>
        {found.map((verdict) => (
          <Answer key={verdict.id} verdict={verdict} />
        ))}
      </ul>
    </section>
  );
}

function Answer({ verdict }: { readonly verdict: Verdict }) {
  const { also, cause, fix, id, sentence } = verdict;
  const state = verdict.verdict === "healthy" ? "suspect" : verdict.verdict;
  return (
    <li class={`answer ${state}`}>
      <h3>
        {id} <span class="tag">{state}</span>
      </h3>
      <p class="what">{sentence}</p>
      {fix !== "" && <p class="fix">{fix}</p>}
      {also.map((other) => (
        <p key={other} class="also">
          Also: {other}
        </p>
      ))}
      <p class="cause">{cause}</p>
    </li>
  );
}

interface TimelineProps extends Pick<PageModel, "events"> {
  readonly query: string;
}

/** The last events, the newest first. */
export function Timeline({ events, query }: TimelineProps) {
  const shown = events.filter(({ message, reason, ref }) => has(query, message, reason, ref.name));
  return (
    <section class="timeline" aria-labelledby="timeline">
      <h2 id="timeline">Last events</h2>
      {shown.length === 0 ? (
        <p class="none">No event</p>
      ) : (
        <ol tabIndex={0} aria-labelledby="timeline">
          {shown.map((event) => (
            <EventView key={event.id} event={event} />
          ))}
        </ol>
      )}
    </section>
  );
}

function EventView({ event }: { readonly event: TimelineEvent }) {
  const { count, message, reason, ref, time, warning } = event;
  return (
    <li class={warning ? "warning" : ""}>
      <time dateTime={time}>{clock(time)}</time>
      <span class="reason">
        {reason}
        {count > 1 ? ` ×${count}` : ""}
      </span>
      <span class="object">
        {ref.kind} {ref.name}
      </span>
      <span class="message">{message}</span>
    </li>
  );
}

function clock(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleTimeString(undefined, { hour12: false });
}
