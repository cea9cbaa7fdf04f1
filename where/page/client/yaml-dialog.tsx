import { useEffect, useRef, useState } from "preact/hooks";
import type { ObjectRef } from "../../diagnosis/diagnosis.ts";

interface YamlProps {
  readonly subject: ObjectRef;
  readonly namespace: string;
  readonly close: () => void;
}

/** An object as YAML. The browser keeps the focus inside and gives it back. */
export function YamlDialog({ close, namespace, subject }: YamlProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("Reading …");
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const asked = new AbortController();
    const query = new URLSearchParams({ namespace, kind: subject.kind, name: subject.name });
    fetch(`yaml?${query}`, { signal: asked.signal })
      .then((answer) => answer.text())
      .then(setText)
      .catch(() => setText("The page's server does not answer"));
    return () => asked.abort();
  }, [namespace, subject]);
  return (
    <dialog ref={dialog} aria-labelledby="yaml-title" onClose={close}>
      <header>
        <h2 id="yaml-title">
          {subject.kind} {subject.name}
        </h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      <pre tabIndex={0}>{text}</pre>
    </dialog>
  );
}
