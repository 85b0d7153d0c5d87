/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import * as api from "./api.ts";
import type { Place } from "./place.ts";
import { Text } from "./text.tsx";
import { count, points, verdictWord } from "./words.ts";

/** Two sessions side by side from where they first differ, and their two configs on the tasks that both ran. */
export function Compare({ place, go }: { place: Place; go: (to: Partial<Place>) => void }) {
  const [compared, setCompared] = useState<api.Compared | null>(null);
  const [configs, setConfigs] = useState<api.ComparedConfigs | null>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    let current = true;
    const failed = (error: Error) => current && setFault(error.message);
    api.compare(place.id, place.other).then((found) => {
      if (!current) return;
      setCompared(found);
      const [a, b] = [found.a, found.b].map(({ session }) => `${session.harness} · ${session.model}`);
      if (a !== b) api.configs(a!, b!).then((both) => current && setConfigs(both), () => {});
    }, failed);
    return () => void (current = false);
  }, [place.id, place.other]);
  if (fault) {
    return (
      <main>
        <p role="alert">{fault}</p>
      </main>
    );
  }
  if (!compared) {
    return (
      <main>
        <p>Loading …</p>
      </main>
    );
  }
  const { a, b, differs } = compared;
  const pieces = [a, b].map(({ conversation }) => conversation?.pieces ?? []);
  const rows = Math.max(pieces[0]!.length, pieces[1]!.length);
  const from = differs ? Math.max(0, differs.at - 1) : 0;
  const [all, setAll] = [place.sort === "whole", () => go({ sort: "whole" })];
  const shown = Array.from({ length: rows }, (_, i) => i).slice(all ? 0 : from);
  return (
    <main class="compare">
      <nav aria-label="Sessions">
        <button type="button" onClick={() => go({ view: "session", other: "" })}>← {place.id}</button>
      </nav>
      <h1>Side by side</h1>
      {configs && <Configs configs={configs} />}
      <p>
        {differs ? `The first ${count(differs.at)} pieces are the same.` : "The two are the same, piece by piece."}
        {!all && from > 0 && <button type="button" onClick={setAll}>show them too</button>}
      </p>
      <div class="sides">
        {[a, b].map(({ session }) => (
          <div key={session.sessionId}>
            <h2>{session.sessionId}</h2>
            <p>{session.harness} · {session.model} · {verdictWord(session.success)} · {count(session.calls)} calls</p>
          </div>
        ))}
        {shown.flatMap((i) =>
          pieces.map((own, side) => (
            <div
              key={`${i} ${side}`}
              class={`piece ${own[i]?.kind.replace(" ", "-") ?? ""} ${differs?.at === i ? "failing" : ""}`}
            >
              {own[i] && (
                <>
                  <p class="kind">call {own[i].call} · {own[i].kind}{own[i].name ? ` ${own[i].name}` : ""}</p>
                  <Text text={own[i].text} found="" />
                </>
              )}
            </div>
          ))
        )}
      </div>
    </main>
  );
}

function Configs({ configs: { a, b, unpaired, paired, pairs } }: { configs: api.ComparedConfigs }) {
  return (
    <p>
      {a.config} solves {count(a.k)} of {count(a.n)}, {b.config} {count(b.k)} of {count(b.n)}
      {unpaired && <>: {points(unpaired.estimate)} ({points(unpaired.lo)} to {points(unpaired.hi)})</>}. {paired
        ? (
          <>
            On the {count(pairs.length)} tasks that both ran: {points(paired.estimate)} ({points(paired.lo)} to{" "}
            {points(paired.hi)}), McNemar p = {paired.pValue.toFixed(3)}.
          </>
        )
        : "No task is known to have been run by both."}
    </p>
  );
}
