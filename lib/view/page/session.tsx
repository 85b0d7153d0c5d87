/** @jsxImportSource preact */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import * as api from "./api.ts";
import { LabelForm } from "./label_form.tsx";
import type { Place } from "./place.ts";
import { Text } from "./text.tsx";
import { count, pct, seconds, short, verdictWord } from "./words.ts";

/** Longer pieces are folded, results of tools above all. */
const FOLDED = { "tool result": 600, "tool error": 1500, "system": 300, "thinking": 0 } as Record<string, number>;

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
  const [blind, setBlind] = useState(() => localStorage.getItem("blind") === "yes");
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    let current = true;
    setOpen(null);
    setFault("");
    api.session(place.id).then((session) => current && setOpen(session), (error) => current && setFault(error.message));
    api.around(place.id, place.filter, place.sort).then((found) => current && setAround(found), () => {});
    return () => void (current = false);
  }, [place.id]);
  useEffect(() => {
    if (open && place.call) document.getElementById(`call-${place.call}`)?.scrollIntoView({ block: "start" });
  }, [open, place.call]);
  const step = (id: string | null) => id !== null && go({ id });
  const toggle = () => {
    localStorage.setItem("blind", blind ? "no" : "yes");
    setBlind(!blind);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
      if (event.key === "j") step(around?.after ?? null);
      else if (event.key === "k") step(around?.before ?? null);
      else if (event.key === "b") toggle();
      else if (event.key === "/") {
        event.preventDefault();
        search.current?.focus();
      } else if (event.key === "Escape") go({ view: "sessions", id: "" });
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [around, blind]);
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
        {around && around.place > 0 && <span>{count(around.place)} of {count(around.of)}</span>}
        <label>
          search (/){" "}
          <input ref={search} type="search" value={found} onInput={(event) => setFound(event.currentTarget.value)} />
        </label>
        <label>
          <input type="checkbox" checked={blind} onChange={toggle} /> blind (b)
        </label>
        <CompareWith go={go} />
      </nav>
      <h1>{session.sessionId}</h1>
      <p class="facts">
        {session.benchmark} · {session.harness} · {session.model}
        {session.taskId && <>· task {session.taskId}{session.trial && `, trial ${session.trial}`}</>} ·{" "}
        {count(session.calls)} calls · {short(session.totalTokens)} tokens{session.tokensEstimated && " (estimated)"} ·
        {" "}
        {seconds(session.durationS)}
        {session.recordedUsd !== null && ` · $${session.recordedUsd.toFixed(3)}`}
      </p>
      <div class="columns">
        <div class="read">
          {conversation ? <Conversation open={open} found={found} blind={blind} /> : (
            <p>
              This source has no texts of the session{about.texts && !about.texts.done
                ? " yet: it is still being read"
                : ""}.
            </p>
          )}
        </div>
        <aside aria-label="Verdict and label">
          {blind
            ? <p class="ruling">The verdict is hidden (b shows it).</p>
            : <Ruling open={open} toCall={(call) => go({ call })} />}
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

function Ruling({ open: { session, verdicts }, toCall }: { open: api.OpenSession; toCall: (call: number) => void }) {
  const link = (call: number) => (
    <button type="button" class="plain link" key={call} onClick={() => toCall(call)}>call {call}</button>
  );
  const grade = session.officialSuccess === null
    ? null
    : `${session.gradeOrigin ?? "given"} grade: ${verdictWord(session.officialSuccess)}`;
  return (
    <section class="ruling" aria-label="Verdict">
      <h2>{session.judgeModel ?? "Verdict"}: {verdictWord(session.success)}</h2>
      {session.judgeConfidence && <p>confidence {session.judgeConfidence}</p>}
      {session.judgeReasoning && <p>{session.judgeReasoning}</p>}
      {grade && <p>{grade}</p>}
      {verdicts.map((verdict, i) => (
        <div key={i}>
          {verdict.evidence.length > 0 && (
            <p>
              rests on {verdict.evidence.map(link)}
            </p>
          )}
          {verdict.failingCall !== null && (
            <p>
              could no longer succeed from {link(verdict.failingCall)}
              {verdict.failingQuote && <q>{verdict.failingQuote}</q>}
            </p>
          )}
          {verdict.shareShown < 1 && <p>The judge was shown {pct(verdict.shareShown)} of the transcript.</p>}
        </div>
      ))}
    </section>
  );
}

function Conversation({ open, found, blind }: { open: api.OpenSession; found: string; blind: boolean }) {
  const { session, verdicts } = open;
  const { calls, pieces } = open.conversation!;
  const marks = useMemo(() => {
    const rests = new Set(blind ? [] : verdicts.flatMap(({ evidence }) => evidence));
    const failing = new Set(blind ? [] : verdicts.flatMap(({ failingCall }) => failingCall ?? []));
    return { rests, failing };
  }, [verdicts, blind]);
  const hits = found === ""
    ? null
    : pieces.filter(({ text }) => text.toLowerCase().includes(found.toLowerCase())).length;
  return (
    <>
      <Minimap calls={calls} failing={marks.failing} rests={marks.rests} />
      {hits !== null && <p aria-live="polite">{count(hits)} pieces have “{found}”.</p>}
      <ol class="pieces">
        {pieces.map((piece, n) => (
          <PieceView
            key={n}
            id={session.sessionId}
            n={n}
            piece={piece}
            first={n === 0 || pieces[n - 1]!.call !== piece.call}
            facts={calls[piece.call - 1] ?? null}
            mark={marks.failing.has(piece.call) ? "failing" : marks.rests.has(piece.call) ? "rests" : ""}
            found={found}
          />
        ))}
      </ol>
    </>
  );
}

function PieceView({ id, n, piece, first, facts, mark, found }: {
  id: string;
  n: number;
  piece: api.ShownPiece;
  first: boolean;
  facts: NonNullable<api.OpenSession["conversation"]>["calls"][number] | null;
  mark: string;
  found: string;
}) {
  const [whole, setWhole] = useState<string | null>(null);
  const hit = found !== "" && piece.text.toLowerCase().includes(found.toLowerCase());
  const most = FOLDED[piece.kind];
  const folded = most !== undefined && piece.characters > most && !hit;
  const body = (
    <>
      <Text text={whole ?? piece.text} found={found} />
      {whole === null && piece.characters > piece.text.length && (
        <button
          type="button"
          onClick={() => api.piece(id, n).then((all) => setWhole(all.text))}
        >
          show all {count(piece.characters)} characters
        </button>
      )}
    </>
  );
  const name = piece.name ? ` ${piece.name}` : "";
  return (
    <li id={first ? `call-${piece.call}` : undefined} class={`piece ${piece.kind.replace(" ", "-")} ${mark}`}>
      {first && (
        <p class="call">
          call {piece.call}
          {facts?.model && ` · ${facts.model}`}
          {facts && facts.inputTokens !== null && ` · ${short(facts.inputTokens)} in`}
          {facts && facts.outputTokens !== null && ` · ${short(facts.outputTokens)} out`}
          {facts && facts.seconds !== null && ` · ${seconds(facts.seconds)}`}
          {facts?.error && <strong class="fault">· {facts.error}</strong>}
          {mark === "failing" && <strong class="fault">· the step that failed, says the judge</strong>}
        </p>
      )}
      {folded
        ? (
          <details>
            <summary>{piece.kind}{name} · {count(piece.characters)} characters</summary>
            {body}
          </details>
        )
        : (
          <>
            <p class="kind">{piece.kind}{name}</p>
            {body}
          </>
        )}
    </li>
  );
}

/** A strip of all calls: height is tokens, colour what the judge points at; a click goes there. */
function Minimap({ calls, failing, rests }: {
  calls: NonNullable<api.OpenSession["conversation"]>["calls"];
  failing: ReadonlySet<number>;
  rests: ReadonlySet<number>;
}) {
  const place = useRef<HTMLCanvasElement>(null);
  const tokens = calls.map(({ inputTokens, outputTokens }) => (inputTokens ?? 0) + (outputTokens ?? 0));
  const byTime = tokens.every((n) => n === 0);
  const size = byTime ? calls.map((call) => call.seconds ?? 0) : tokens;
  useEffect(() => {
    const canvas = place.current!;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    [canvas.width, canvas.height] = [width * ratio, height * ratio];
    const drawing = canvas.getContext("2d")!;
    drawing.scale(ratio, ratio);
    const style = getComputedStyle(canvas);
    const most = Math.max(1, ...size);
    const step = width / Math.max(1, calls.length);
    calls.forEach((call, i) => {
      const bar = Math.max(2, height * size[i]! / most);
      drawing.fillStyle = style.getPropertyValue(
        failing.has(call.call) || call.error ? "--failed" : rests.has(call.call) ? "--accent" : "--bar",
      );
      drawing.fillRect(i * step, height - bar, Math.max(1, step - (step > 3 ? 1 : 0)), bar);
    });
  }, [calls, failing, rests]);
  if (calls.length < 2) return null;
  return (
    <canvas
      ref={place}
      class="minimap"
      role="img"
      aria-label={`${count(calls.length)} calls by ${byTime ? "seconds" : "tokens"}`}
      title={`${count(calls.length)} calls by ${byTime ? "seconds" : "tokens"}; a click goes there`}
      onClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        const call = Math.min(calls.length, 1 + Math.floor(calls.length * (event.clientX - left) / width));
        document.getElementById(`call-${call}`)?.scrollIntoView({ behavior: "smooth" });
      }}
    />
  );
}
