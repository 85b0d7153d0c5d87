/** @jsxImportSource preact */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SessionFilter } from "../../model/mod.ts";
import * as api from "./api.ts";
import { Charts } from "./charts.tsx";
import type { Place } from "./place.ts";
import { count, seconds, short, verdictWord } from "./words.ts";

/** Height of a row in pixels, rows fetched at once, and the tallest a scrolling element may be. */
const ROW = 32;
const PART = 200;
const TALLEST = 15_000_000;

const COLUMNS: { name: string; title: string; show: (row: api.Row) => string; numeric?: boolean }[] = [
  { name: "success", title: "verdict", show: (row) => verdictWord(row.success) },
  { name: "session_id", title: "session", show: (row) => row.sessionId },
  { name: "benchmark", title: "benchmark", show: (row) => row.benchmark },
  { name: "harness", title: "harness", show: (row) => row.harness },
  { name: "model", title: "model", show: (row) => row.model },
  { name: "total_tokens", title: "tokens", show: (row) => short(row.totalTokens), numeric: true },
  { name: "calls", title: "calls", show: (row) => count(row.calls), numeric: true },
  { name: "duration_s", title: "duration", show: (row) => seconds(row.durationS), numeric: true },
  { name: "topics", title: "topics", show: (row) => row.topics ?? "" },
  { name: "judge_reasoning", title: "reason", show: (row) => row.judgeReasoning ?? "" },
];

/** Columns that are searched for words. */
const SEARCHED = [
  { column: "judge_reasoning", title: "reason" },
  { column: "topics", title: "topic" },
  { column: "session_id", title: "session" },
] as const;

/** The table of sessions beside the charts that filter it. */
export function Overview({ place, go, about }: {
  place: Place;
  go: (to: Partial<Place>, replace?: boolean) => void;
  about: api.About;
}) {
  const [charts, setCharts] = useState<api.Charts | null>(null);
  const [fault, setFault] = useState("");
  const key = JSON.stringify(place.filter);
  useEffect(() => {
    let current = true;
    api.charts(place.filter).then(
      (found) => current && setCharts(found),
      (error) => current && setFault(error.message),
    );
    return () => void (current = false);
  }, [key]);
  const onFilter = (column: string, to: SessionFilter[string] | null) => {
    const { [column]: _before, ...rest } = place.filter;
    go({ filter: to === null ? rest : { ...rest, [column]: to } });
  };
  const latest = useRef(onFilter);
  latest.current = onFilter;
  // Charts are of the filter: another order of the rows draws none anew.
  const drawn = useMemo(
    () => charts && <Charts charts={charts} filter={place.filter} onFilter={(...pick) => latest.current(...pick)} />,
    [charts, key],
  );
  return (
    <main>
      <h1 class="unseen">Sessions</h1>
      {fault && <p role="alert">{fault}</p>}
      <Filters place={place} go={go} onFilter={onFilter} />
      <div class="overview">
        {drawn}
        <Table place={place} go={go} total={about.total} />
      </div>
    </main>
  );
}

function Filters({ place, go, onFilter }: {
  place: Place;
  go: (to: Partial<Place>) => void;
  onFilter: (column: string, to: SessionFilter[string] | null) => void;
}) {
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
  return (
    <section class="filters" aria-label="Filters">
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
      {SEARCHED.map(({ column, title }) => (
        <Search key={column} column={column} title={title} filter={place.filter} onFilter={onFilter} />
      ))}
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

/** Rows are fetched as they come into sight: a million take as long to show as a hundred. */
function Table({ place, go, total }: {
  place: Place;
  go: (to: Partial<Place>) => void;
  total: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const [found, setFound] = useState<{ key: string; count: number; parts: Map<number, api.Row[]> }>({
    key: "",
    count: 0,
    parts: new Map(),
  });
  const [fault, setFault] = useState("");
  const key = JSON.stringify([place.filter, place.sort]);
  const height = Math.min(TALLEST, found.count * ROW);
  const scale = found.count * ROW / Math.max(1, height);
  const visible = Math.ceil((box.current?.clientHeight ?? 640) / ROW) + 2;
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
    setFirst(0);
  }, [key]);
  useEffect(() => {
    let current = true;
    const wanted = [Math.floor(first / PART), Math.floor((first + visible) / PART)];
    for (const part of new Set(wanted)) {
      if (found.key === key && found.parts.has(part)) continue;
      api.rows(place.filter, place.sort, part * PART, PART).then(({ count, rows }) => {
        if (!current) return;
        setFault("");
        setFound((before) => ({
          key,
          count,
          parts: new Map([...(before.key === key ? before.parts : []), [part, rows]]),
        }));
      }, (error) => current && setFault(error.message));
    }
    return () => void (current = false);
  }, [key, first, visible]);
  const shown = Array.from({ length: Math.max(0, Math.min(visible, found.count - first)) }, (_, i) => first + i);
  const sortBy = (name: string) => go({ sort: place.sort === `-${name}` ? name : `-${name}` });
  return (
    <section class="table" aria-label="Sessions">
      <p class="count" aria-live="polite">
        {count(found.count)} of {count(total)} sessions{fault && <span role="alert">· {fault}</span>}
      </p>
      <div role="table" aria-rowcount={found.count} aria-label="Sessions">
        <div role="row" class="row head">
          {COLUMNS.map(({ name, title, numeric }) => (
            <div
              role="columnheader"
              key={name}
              class={numeric ? "cell number" : "cell"}
              aria-sort={place.sort === name ? "ascending" : place.sort === `-${name}` ? "descending" : "none"}
            >
              <button type="button" onClick={() => sortBy(name)}>
                {title}
                {place.sort === name ? " ↑" : place.sort === `-${name}` ? " ↓" : ""}
              </button>
            </div>
          ))}
        </div>
        <div
          class="rows"
          ref={box}
          tabIndex={0}
          role="rowgroup"
          aria-label="Rows"
          onScroll={(event) => setFirst(Math.max(0, Math.floor(event.currentTarget.scrollTop * scale / ROW)))}
        >
          <div role="presentation" style={{ height: `${height}px`, position: "relative" }}>
            <div
              role="presentation"
              style={{ position: "absolute", top: `${first * ROW / scale}px`, left: 0, right: 0 }}
            >
              {shown.map((i) => {
                const row = found.parts.get(Math.floor(i / PART))?.[i % PART];
                return row
                  ? <TableRow key={i} row={row} at={i} open={() => go({ view: "session", id: row.sessionId })} />
                  : (
                    <div role="row" key={i} class="row" aria-rowindex={i + 1}>
                      <div role="cell" class="cell">…</div>
                    </div>
                  );
              })}
            </div>
          </div>
        </div>
      </div>
    </section>
  );
}

function TableRow({ row, at, open }: { row: api.Row; at: number; open: () => void }) {
  return (
    <div
      role="row"
      class={`row ${row.success === 1 ? "solved" : row.success === 0 ? "failed" : ""}`}
      aria-rowindex={at + 1}
      onClick={open}
    >
      {COLUMNS.map(({ name, show, numeric }) => (
        <div role="cell" key={name} class={`cell ${numeric ? "number" : ""} ${name}`} title={show(row)}>
          {name === "session_id"
            ? (
              <button
                type="button"
                class="plain"
                onClick={(event) => {
                  event.stopPropagation();
                  open();
                }}
              >
                {row.label.length ? "● " : ""}
                {show(row)}
              </button>
            )
            : show(row)}
        </div>
      ))}
    </div>
  );
}
