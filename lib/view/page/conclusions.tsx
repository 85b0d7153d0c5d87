/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { MovedConclusion } from "../../analysis/claims/mod.ts";
import * as api from "./api.ts";
import { count } from "./words.ts";

/** Claims and headlines before and after labels. */
export function Conclusions() {
  const [rows, setRows] = useState<MovedConclusion[] | null>(null);
  const [state, setState] = useState("");
  const decide = () => {
    setState("deciding …");
    api.conclusions().then((found) => {
      setRows(found);
      setState("");
    }, (error) => setState(error.message));
  };
  const moved = rows?.filter(({ judged, labelled }) => judged !== labelled).length ?? 0;
  return (
    <section>
      <h2>Claims and headlines</h2>
      <p>
        <button type="button" onClick={decide}>decide them</button> <span aria-live="polite">{state}</span>
      </p>
      {rows && (
        <>
          <p>
            {moved === 0
              ? `None of ${count(rows.length)} is moved`
              : `${count(moved)} of ${count(rows.length)} are moved`} where labelled sessions count as people say.
          </p>
          <div class="scroll" tabIndex={0} role="region" aria-label="Claims and headlines">
            <table>
              <thead>
                <tr>
                  <th>claim</th>
                  <th>as judged</th>
                  <th>with labels</th>
                  <th>so since</th>
                </tr>
              </thead>
              <tbody>
                {rows.toSorted((a, b) => b.since - a.since).map(({ id, sentence, judged, labelled, since }) => (
                  <tr key={id} class={judged === labelled ? "" : "moved"}>
                    <td>{sentence}</td>
                    <td>{judged}</td>
                    <td>{labelled}</td>
                    <td>{judged === labelled ? "" : `label ${count(since)}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
