/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { RaterPair } from "../../analysis/mod.ts";
import * as api from "./api.ts";
import { count } from "./words.ts";
import { plural } from "../../model/plural.ts";

/** Labels of other people: how far they agree, their files in, and all of them out. */
export function Files({ about, raters, onImported }: {
  about: api.About;
  raters: readonly RaterPair[];
  onImported: () => void;
}) {
  const [state, setState] = useState("");
  const take = async (files: readonly File[]) => {
    const told: string[] = [];
    for (const file of files) {
      try {
        const { format, labels, added, aside } = await api.importLabels(file.name, await file.text());
        told.push(
          `${file.name}: ${plural(labels, "label")} (${format}), ${count(added)} of them new` +
            (aside.length ? `; ${count(aside.length)} records set aside, such as ${aside[0]}` : ""),
        );
      } catch (error) {
        told.push(`${file.name}: not taken: ${(error as Error).message}`);
      }
      setState(told.join("; "));
    }
    onImported();
  };
  return (
    <section>
      <h2>Several people</h2>
      {raters.length === 0 && <p>No two people have labelled the same session.</p>}
      {raters.map(({ raters: [a, b], n, agree, kappa }) => (
        <p key={`${a} ${b}`} class="raters">
          {a} and {b} agree on {count(agree)} of {count(n)}
          {kappa && <>, kappa {kappa.estimate.toFixed(2)} ({kappa.lo.toFixed(2)} to {kappa.hi.toFixed(2)})</>}.
        </p>
      ))}
      {about.others.length > 0 && <p>Read beside {about.labels}: {about.others.join(", ")}</p>}
      <p class="files">
        <label>
          add files of labels{" "}
          <input
            type="file"
            multiple
            onChange={(event) => take([...event.currentTarget.files ?? []])}
          />
        </label>{" "}
        <small>{about.formats.map(({ id }) => id).join(", ")}</small>
      </p>
      <p aria-live="polite" class="state">{state}</p>
      <p class="files">
        save all labels as{" "}
        {about.formats.map(({ id, help }) => <a key={id} href={api.exportAddress(id)} title={help} download>{id}</a>)}
      </p>
    </section>
  );
}
