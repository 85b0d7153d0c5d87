/** @jsxImportSource preact */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import * as api from "./api.ts";
import { isTyping } from "./keys.ts";
import { LabelForm } from "./label_form.tsx";
import { type Measure, measuresOf, Minimap } from "./minimap.tsx";
import { type Marks, Pieces } from "./pieces.tsx";
import type { Place } from "./place.ts";
import { Ruling } from "./ruling.tsx";
import { count, seconds, short, usd } from "./words.ts";
import { plural } from "../../model/plural.ts";

/** One session: what was said, what the judge said of it, and what the reader says. */
export function SessionView({ place, go, about }: {
  place: Place;
  go: (to: Partial<Place>, replace?: boolean) => void;
  about: api.About;
}) {
  const [open, setOpen] = useState<api.OpenSession | null>(null);
  const [around, setAround] = useState<api.Around | null>(null);
  const [fault, setFault] = useState("");
  const [found, setFound] = useState("");
  const [hits, setHits] = useState<number[] | null>(null);
  const [at, setAt] = useState(0);
  const [target, setTarget] = useState<{ piece: number; asked: number } | null>(null);
  const [blind, setBlind] = useState(() => localStorage.getItem("blind") === "yes");
  const search = useRef<HTMLInputElement>(null);
  const toPiece = (piece: number) => setTarget((before) => ({ piece, asked: (before?.asked ?? 0) + 1 }));
  useEffect(() => {
    let current = true;
    setOpen(null);
    setFault("");
    setTarget(null);
    api.session(place.id).then((session) => current && setOpen(session), (error) => current && setFault(error.message));
    api.around(place.id, place.filter, place.sort).then((found) => current && setAround(found), () => {});
    return () => void (current = false);
  }, [place.id]);
  useEffect(() => {
    if (found === "" || !open?.conversation) return setHits(null);
    let current = true;
    const wait = setTimeout(() => {
      api.found(place.id, found).then((places) => {
        if (!current) return;
        setHits(places);
        setAt(0);
        if (places.length) toPiece(places[0]!);
      }, (error) => current && setFault(error.message));
    }, 150);
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [found, open]);
  const toCall = (call: number) => go({ call }, true);
  useEffect(() => {
    if (!open?.conversation || !place.call) return;
    const piece = open.conversation.pieces.findIndex(({ call }) => call >= place.call);
    if (piece >= 0) toPiece(piece);
  }, [open, place]);
  const step = (id: string | null) => id !== null && go({ id });
  const nextHit = (by: number) => {
    if (!hits?.length) return;
    const next = (at + by + hits.length) % hits.length;
    setAt(next);
    toPiece(hits[next]!);
  };
  const toggle = () => {
    localStorage.setItem("blind", blind ? "no" : "yes");
    setBlind(!blind);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key === "j") step(around?.after ?? null);
      else if (event.key === "k") step(around?.before ?? null);
      else if (event.key === "b") toggle();
      else if (event.key === "n") nextHit(1);
      else if (event.key === "N") nextHit(-1);
      else if (event.key === "/") {
        event.preventDefault();
        search.current?.focus();
      } else if (event.key === "Escape") go({ view: "sessions", id: "" });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
  const marks = useMemo((): Marks => {
    const verdicts = blind ? [] : open?.verdicts ?? [];
    return {
      found,
      hits: new Set(hits ?? []),
      rests: new Set(verdicts.flatMap(({ evidence }) => evidence)),
      failing: new Set(verdicts.flatMap(({ failingCall }) => failingCall ?? [])),
    };
  }, [open, blind, found, hits]);
  if (fault) {
    return (
      <main>
        <p role="alert">{fault}</p>
      </main>
    );
  }
  if (!open) {
    return (
      <main>
        <p>Loading …</p>
      </main>
    );
  }
  const { session, conversation } = open;
  return (
    <main class="session">
      <nav aria-label="Sessions">
        <button type="button" onClick={() => go({ view: "sessions", id: "" })}>← all (Esc)</button>
        <button type="button" disabled={!around?.before} onClick={() => step(around?.before ?? null)}>
          previous (k)
        </button>
        <button type="button" disabled={!around?.after} onClick={() => step(around?.after ?? null)}>next (j)</button>
        {around && around.place > 0 && <span class="place-of">{count(around.place)} of {count(around.of)}</span>}
        <label>
          search (/){" "}
          <input
            ref={search}
            type="search"
            value={found}
            onInput={(event) => setFound(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter") nextHit(event.shiftKey ? -1 : 1);
              if (event.key === "Escape") event.currentTarget.blur();
            }}
          />
        </label>
        {hits !== null && (
          <span aria-live="polite">
            {hits.length ? `${count(at + 1)} of ${count(hits.length)} pieces (n, N)` : "no piece has it"}
          </span>
        )}
        <label>
          <input type="checkbox" checked={blind} onChange={toggle} /> blind (b)
        </label>
        <CompareWith go={go} />
      </nav>
      <h1>{session.sessionId}</h1>
      <Facts open={open} />
      <div class="columns">
        <div class="read">
          {conversation
            ? (
              <>
                <Strip open={open} marks={marks} toCall={toCall} />
                <Pieces key={session.sessionId} open={open} marks={marks} target={target} />
              </>
            )
            : (
              <p>
                This source has no texts of the session{about.texts && !about.texts.done
                  ? " yet: it is still being read"
                  : ""}.
              </p>
            )}
        </div>
        <aside aria-label="Verdict and label">
          {blind ? <p class="ruling">The verdict is hidden (b shows it).</p> : <Ruling open={open} toCall={toCall} />}
          <LabelForm
            key={session.sessionId}
            about={about}
            sessionId={session.sessionId}
            labels={open.labels}
            onSaved={(label) => setOpen({ ...open, labels: [...open.labels, label] })}
          />
        </aside>
      </div>
    </main>
  );
}

function Facts({ open: { session, conversation } }: { open: api.OpenSession }) {
  const priced = (conversation?.calls ?? []).map((call) => call.usd);
  const cost = priced.length && priced.every((one) => one !== null)
    ? priced.reduce<number>((sum, one) => sum + one!, 0)
    : session.recordedUsd;
  const parts = [
    session.benchmark,
    session.harness,
    session.model,
    session.taskId && `task ${session.taskId}${session.trial ? `, trial ${session.trial}` : ""}`,
    plural(session.calls, "call"),
    `${short(session.totalTokens)} tokens${session.tokensEstimated ? " (estimated)" : ""}`,
    seconds(session.durationS),
    cost !== null && usd(cost),
  ];
  return <p class="facts">{parts.filter(Boolean).join(" · ")}</p>;
}

function Strip({ open, marks, toCall }: { open: api.OpenSession; marks: Marks; toCall: (call: number) => void }) {
  const { calls } = open.conversation!;
  const measures = measuresOf(calls);
  const [chosen, setChosen] = useState<Measure | null>(null);
  const measure = chosen ?? measures[0];
  if (calls.length < 2 || measure === undefined) return null;
  return (
    <div class="strip">
      <Minimap calls={calls} measure={measure} failing={marks.failing} rests={marks.rests} toCall={toCall} />
      <label>
        calls by{" "}
        <select value={measure} onChange={(event) => setChosen(event.currentTarget.value as Measure)}>
          {measures.map((name) => <option key={name}>{name}</option>)}
        </select>
      </label>
    </div>
  );
}

function CompareWith({ go }: { go: (to: Partial<Place>) => void }) {
  return (
    <form
      class="inline"
      onSubmit={(event) => {
        event.preventDefault();
        const other = new FormData(event.currentTarget).get("other");
        if (other) go({ view: "compare", other: String(other).trim() });
      }}
    >
      <label>
        beside <input name="other" placeholder="another session" size={16} />
      </label>
      <button type="submit">compare</button>
    </form>
  );
}
