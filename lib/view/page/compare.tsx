/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import * as api from "./api.ts";
import { Loading } from "./loading.tsx";
import type { Place } from "./place.ts";
import { Text } from "./text.tsx";
import { count, verdictWord } from "./words.ts";

/** Two sessions side by side from where they first differ, with the place of it marked. */
export function Compare({ place, go }: { place: Place; go: (to: Partial<Place>) => void }) {
  const [compared, setCompared] = useState<api.Compared | null>(null);
  const [from, setFrom] = useState<number | null>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    let current = true;
    api.compare(place.id, place.other, from).then(
      (found) => current && setCompared(found),
      (error) => current && setFault(error.message),
    );
    return () => void (current = false);
  }, [place.id, place.other, from]);
  if (!compared) return <Loading fault={fault} />;
  const { a, b, differs } = compared;
  const rows = Math.max(a.pieces.length, b.pieces.length);
  const last = compared.from + rows;
  const [one, two] = [a, b].map(({ session }) => `${session.harness} · ${session.model}`) as [string, string];
  return (
    <main class="compare">
      <nav aria-label="Sessions">
        <button type="button" onClick={() => go({ view: "session", other: "" })}>← {place.id}</button>
        {one !== two && (
          <button type="button" onClick={() => go({ view: "configs", id: one, other: two })}>
            their configs on shared tasks
          </button>
        )}
      </nav>
      <h1>Side by side</h1>
      <p>
        {sameWords(differs, Math.max(a.all, b.all))} {compared.from > 0 && (
          <button
            type="button"
            onClick={() => setFrom(Math.max(0, compared.from - 40))}
          >
            earlier pieces
          </button>
        )}
      </p>
      <div class="sides">
        {[a, b].map(({ session }) => (
          <div key={session.sessionId}>
            <h2>
              <button type="button" class="plain" onClick={() => go({ view: "session", id: session.sessionId })}>
                {session.sessionId}
              </button>
            </h2>
            <p>{session.harness} · {session.model} · {verdictWord(session.success)} · {count(session.calls)} calls</p>
          </div>
        ))}
        {Array.from({ length: rows }, (_, i) =>
          [a, b].map(({ pieces }, side) => (
            <SidePiece
              key={`${i} ${side}`}
              piece={pieces[i]}
              shared={differs?.at === compared.from + i ? differs.shared : null}
            />
          )))}
      </div>
      {last < Math.max(a.all, b.all) && (
        <p>
          <button type="button" onClick={() => setFrom(last)}>later pieces</button>
        </p>
      )}
    </main>
  );
}

function sameWords(differs: api.Compared["differs"], all: number): string {
  if (all === 0) return "This source has no texts of them.";
  if (!differs) return "The two are the same, piece by piece.";
  if (differs.at === 0) return "They differ from the first piece on.";
  return differs.at === 1 ? "The first piece is the same." : `The first ${count(differs.at)} pieces are the same.`;
}

/** A piece; where the two first differ, what follows what they have in common is marked. */
function SidePiece({ piece, shared }: { piece: api.ShownPiece | undefined; shared: number | null }) {
  if (!piece) {
    return <div class={shared === null ? "piece" : "piece differs"}>{shared !== null && <p>(it ended)</p>}</div>;
  }
  const text = piece.text ?? "";
  return (
    <div class={`piece ${piece.kind.replace(" ", "-")} ${shared === null ? "" : "differs"}`}>
      <p class="kind">
        call {piece.call} · {piece.kind}
        {piece.name ? ` ${piece.name}` : ""}
        {shared !== null && <strong>· the first difference</strong>}
      </p>
      {shared ? <Text text={text.slice(0, shared)} found="" /> : null}
      {shared === null ? <Text text={text} found="" /> : (
        <div class="from-here">
          <Text text={text.slice(shared)} found="" />
        </div>
      )}
      {piece.characters > text.length && <p class="kind">… {count(piece.characters)} characters in all</p>}
    </div>
  );
}
