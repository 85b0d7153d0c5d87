/** @jsxImportSource preact */
import type * as api from "./api.ts";
import { pct, verdictWord } from "./words.ts";

/** What the judge said of a session, linked to the calls that it rests on, and what the source's grade is. */
export function Ruling({ open: { session, verdicts }, toCall }: {
  open: api.OpenSession;
  toCall: (call: number) => void;
}) {
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
      {session.topics && <p>topics: {session.topics}</p>}
      {grade && <p>{grade}</p>}
      {verdicts.map((verdict, i) => (
        <div key={i}>
          {verdicts.length > 1 && <p>{verdict.judge}: {verdictWord(verdict.success)}</p>}
          {verdict.evidence.length > 0 && <p>rests on {verdict.evidence.map(link)}</p>}
          {verdict.failingCall !== null && (
            <p>
              could no longer succeed from {link(verdict.failingCall)}
              {verdict.failingQuote && <q>{verdict.failingQuote}</q>}
            </p>
          )}
          {verdict.shareShown < 1 && (
            <p>The judge was shown {pct(verdict.shareShown)} of the transcript; what it did not see is grey.</p>
          )}
        </div>
      ))}
    </section>
  );
}
