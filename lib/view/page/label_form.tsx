/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { Label } from "../../model/mod.ts";
import * as api from "./api.ts";
import { drawn } from "./drawn.ts";
import { isTyping } from "./keys.ts";
import { verdictWord } from "./words.ts";

/** What the reader says: 1 solved, 0 not, ? cannot tell; how it failed; a comment. Each is saved at once. */
export function LabelForm({ about, sessionId, labels, onSaved }: {
  about: api.About;
  sessionId: string;
  labels: readonly Label[];
  onSaved: (label: Label) => void;
}) {
  const [rater, setRater] = useState(() => localStorage.getItem("rater") ?? "");
  const mine = [...labels].reverse().find((label) => label.rater === (rater || "unnamed"));
  const [verdict, setVerdict] = useState<0 | 1 | null | undefined>(mine?.verdict);
  const [mode, setMode] = useState(mine?.mode ?? "");
  const [comment, setComment] = useState(mine?.comment ?? "");
  const [state, setState] = useState("");
  const save = async (said: 0 | 1 | null, how = mode, words = comment) => {
    setVerdict(said);
    setState("saving …");
    const chance = drawn.of(sessionId);
    try {
      const label = await api.addLabel({
        session_id: sessionId,
        rater: rater || "unnamed",
        verdict: said,
        mode: how || null,
        comment: words || null,
        sampling_probability: chance?.probability ?? null,
        stratum: chance?.stratum ?? null,
      });
      setState(`saved: ${said === null ? "cannot tell" : verdictWord(said)}`);
      onSaved(label);
    } catch (error) {
      setState(`not saved: ${(error as Error).message}`);
    }
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key === "1") save(1);
      else if (event.key === "0") save(0);
      else if (event.key === "?") save(null);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
  const choice = (said: 0 | 1 | null, word: string, key: string) => (
    <button
      type="button"
      aria-pressed={verdict === said}
      onClick={() => save(said)}
    >
      {word} ({key})
    </button>
  );
  return (
    <section class="label" aria-label="Your label">
      <h2>Your label</h2>
      <p>
        <label>
          you are{" "}
          <input
            value={rater}
            placeholder="unnamed"
            size={12}
            onChange={(event) => {
              localStorage.setItem("rater", event.currentTarget.value);
              setRater(event.currentTarget.value);
            }}
          />
        </label>
      </p>
      <div class="choices" role="group" aria-label="Solved?">
        {choice(1, "solved", "1")}
        {choice(0, "not solved", "0")}
        {choice(null, "cannot tell", "?")}
      </div>
      <p>
        <label>
          how it failed{" "}
          <select
            value={mode}
            onChange={(event) => {
              setMode(event.currentTarget.value);
              if (verdict !== undefined) save(verdict, event.currentTarget.value);
            }}
          >
            <option value="">–</option>
            {about.modes.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        </label>
      </p>
      <p>
        <label>
          comment
          <textarea
            rows={3}
            value={comment}
            onChange={(event) => {
              setComment(event.currentTarget.value);
              if (verdict !== undefined) save(verdict, mode, event.currentTarget.value);
            }}
          />
        </label>
      </p>
      <p aria-live="polite" class="state">{state}</p>
      {labels.length > 0 && (
        <ul class="others">
          {labels.filter(({ rater: other }) => other !== (rater || "unnamed")).map((label, i) => (
            <li key={i}>
              {label.rater}: {label.verdict === null ? "cannot tell" : verdictWord(label.verdict)}
              {label.comment && ` – ${label.comment}`}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
