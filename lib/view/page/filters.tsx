/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { SessionFilter } from "../../model/mod.ts";
import * as api from "./api.ts";
import { usePhone } from "./phone.ts";
import type { Place } from "./place.ts";
import { count } from "./words.ts";

/** Columns that are searched for words. */
const SEARCHED = [
  { column: "judge_reasoning", title: "reason" },
  { column: "topics", title: "topic" },
  { column: "session_id", title: "session" },
] as const;

/** Which sessions are shown: what can be chosen, and what is; on a phone what can be chosen is folded away. */
export function Filters({ place, go, onFilter, empty }: {
  place: Place;
  go: (to: Partial<Place>) => void;
  onFilter: (column: string, to: SessionFilter[string] | null) => void;
  empty: readonly string[];
}) {
  const phone = usePhone();
  const words = Object.entries(place.filter).map(([column, { in: values, min, max, has }]) => ({
    column,
    text: [
      values && `${column} is ${values.map((value) => value === null ? "unknown" : String(value)).join(" or ")}`,
      min !== undefined && `${column} ≥ ${min}`,
      max !== undefined && `${column} ≤ ${max}`,
      has && `${column} has “${has}”`,
    ].filter(Boolean).join(", "),
  }));
  const verdict = place.filter["success"]?.in?.[0];
  const fields = (
    <>
      <label>
        verdict{" "}
        <select
          value={verdict === undefined ? "" : String(verdict)}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onFilter("success", value === "" ? null : { in: [value === "null" ? null : Number(value)] });
          }}
        >
          <option value="">any</option>
          <option value="1">solved</option>
          <option value="0">not solved</option>
          <option value="null">unknown</option>
        </select>
      </label>
      {["benchmark", "harness", "model"].map((column) => (
        <Choice key={column} column={column} filter={place.filter} onFilter={onFilter} />
      ))}
      {SEARCHED.filter(({ column }) => !empty.includes(column)).map(({ column, title }) => (
        <Search key={column} column={column} title={title} filter={place.filter} onFilter={onFilter} />
      ))}
    </>
  );
  return (
    <section class="filters" aria-label="Filters">
      {phone
        ? (
          <details>
            <summary>Filters</summary>
            {fields}
          </details>
        )
        : fields}
      {words.map(({ column, text }) => (
        <button
          type="button"
          key={column}
          class="chip"
          onClick={() => onFilter(column, null)}
          title="take this filter away"
        >
          {text} ×
        </button>
      ))}
      {words.length > 0 && <button type="button" class="plain" onClick={() => go({ filter: {} })}>all sessions</button>}
    </section>
  );
}

/** Words that a column has to have. */
function Search({ column, title, filter, onFilter }: {
  column: string;
  title: string;
  filter: SessionFilter;
  onFilter: (column: string, to: SessionFilter[string] | null) => void;
}) {
  return (
    <label>
      {title} has{" "}
      <input
        type="search"
        value={filter[column]?.has ?? ""}
        onChange={(event) => onFilter(column, event.currentTarget.value ? { has: event.currentTarget.value } : null)}
      />
    </label>
  );
}

/** One of the values that a column has under the other filters. */
function Choice({ column, filter, onFilter }: {
  column: string;
  filter: SessionFilter;
  onFilter: (column: string, to: SessionFilter[string] | null) => void;
}) {
  const [groups, setGroups] = useState<{ key: string | null; sessions: number }[]>([]);
  const key = JSON.stringify(filter);
  useEffect(() => {
    let current = true;
    api.groups(column, filter).then((found) => current && setGroups(found), () => {});
    return () => void (current = false);
  }, [column, key]);
  const chosen = filter[column]?.in ?? [];
  const names = [...new Set([...chosen.map((name) => String(name)), ...groups.flatMap(({ key }) => key ?? [])])];
  return (
    <label>
      {column}{" "}
      <select
        value={chosen.length === 1 ? String(chosen[0]) : ""}
        onChange={(event) => onFilter(column, event.currentTarget.value ? { in: [event.currentTarget.value] } : null)}
      >
        <option value="">{chosen.length > 1 ? `${chosen.length} of them` : "any"}</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name} ({count(groups.find(({ key }) => key === name)?.sessions ?? 0)})
          </option>
        ))}
      </select>
    </label>
  );
}
