import { useEffect, useState } from "preact/hooks";
import type { ObjectRef } from "../../diagnosis/diagnosis.ts";
import type { PageModel } from "../model/page-model.ts";
import { Answers, Timeline } from "./answers.tsx";
import { Differences } from "./differences.tsx";
import { type FeedStatus, follow } from "./feed.ts";
import { Picture } from "./picture.tsx";
import { Tables } from "./tables.tsx";
import { summary } from "./words.ts";
import { YamlDialog } from "./yaml-dialog.tsx";

/** The whole page. */
export function Page() {
  const [namespace, setNamespace] = useState(askedNamespace);
  const [model, setModel] = useState<PageModel>();
  const [status, setStatus] = useState<FeedStatus>("connecting");
  const [query, setQuery] = useState("");
  const [subject, setSubject] = useState<ObjectRef>();
  useEffect(() => follow(namespace, { onModel: setModel, onStatus: setStatus }), [namespace]);
  const choose = (chosen: string) => {
    history.replaceState(null, "", `?namespace=${encodeURIComponent(chosen)}`);
    setNamespace(chosen);
  };
  return (
    <main>
      <header class="top">
        <h1>Where is my Pod?</h1>
        {model && <NamespaceChoice {...model.facts} choose={choose} />}
        <label>
          <span>Search</span>
          <input
            type="search"
            value={query}
            placeholder="Service, Pod, node"
            onInput={({ currentTarget }) => setQuery(currentTarget.value)}
          />
        </label>
        <p class={`status ${status}`} role="status">
          {STATUS[status]}
        </p>
      </header>
      {model === undefined ? (
        <p class="summary">Reading the cluster …</p>
      ) : (
        <Summary model={model} />
      )}
      {model && (
        <div class="content">
          <Picture model={model} query={query} open={setSubject} />
          <Answers verdicts={model.verdicts} />
          <Differences {...model.facts} />
          <Tables model={model} query={query} />
          <Timeline events={model.events} query={query} />
        </div>
      )}
      {model && subject && (
        <YamlDialog
          subject={subject}
          namespace={model.facts.namespace}
          close={() => setSubject(undefined)}
        />
      )}
    </main>
  );
}

const STATUS: Readonly<Record<FeedStatus, string>> = {
  connecting: "connecting",
  live: "live",
  lost: "connection lost; trying again",
};

function askedNamespace(): string {
  return new URLSearchParams(location.search).get("namespace") ?? "";
}

function Summary({ model }: { readonly model: PageModel }) {
  const { notSeen } = model.facts;
  const broken = model.verdicts.some(({ verdict }) => verdict === "broken");
  return (
    <div class="summary">
      <p class={broken ? "broken" : ""} role="status">
        {summary(model)}
      </p>
      {notSeen.length > 0 && (
        <p class="not-seen" role="status">
          Cannot see at present: {notSeen.join("; ")}
        </p>
      )}
    </div>
  );
}

interface NamespaceProps extends Pick<PageModel["facts"], "namespace" | "namespaces"> {
  readonly choose: (namespace: string) => void;
}

function NamespaceChoice({ choose, namespace, namespaces }: NamespaceProps) {
  const names = namespaces.includes(namespace) ? namespaces : [namespace, ...namespaces];
  return (
    <label>
      <span>Namespace</span>
      <select value={namespace} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
