/** @jsxImportSource preact */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SessionFilter } from "../../model/mod.ts";
import * as api from "./api.ts";
import { Charts } from "./charts.tsx";
import { Filters } from "./filters.tsx";
import { usePhone } from "./phone.ts";
import type { Place } from "./place.ts";
import { count, seconds, short, verdictWord } from "./words.ts";
import { plural } from "../../model/plural.ts";

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

/** The table of sessions beside the charts that filter it. */
export function Overview({ place, go, about }: {
  place: Place;
  go: (to: Partial<Place>, replace?: boolean) => void;
  about: api.About;
}) {
  const phone = usePhone();
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
      <Filters place={place} go={go} onFilter={onFilter} empty={about.empty} />
      <div class="overview">
        {phone
          ? (
            <details>
              <summary>Charts</summary>
              {drawn}
            </details>
          )
          : drawn}
        <Table place={place} go={go} about={about} />
      </div>
    </main>
  );
}

/** Rows are fetched as they come into sight: a million take as long to show as a hundred. */
function Table({ place, go, about: { total, empty } }: {
  place: Place;
  go: (to: Partial<Place>) => void;
  about: api.About;
}) {
  const columns = COLUMNS.filter(({ name }) => !empty.includes(name));
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
    <section class={["table", ...empty.map((column) => `no-${column}`)].join(" ")} aria-label="Sessions">
      <p class="count" aria-live="polite">
        {count(found.count)} of {plural(total, "session")}
        {fault && <span role="alert">· {fault}</span>}
      </p>
      <div role="table" aria-rowcount={found.count} aria-label="Sessions">
        <div role="row" class="row head">
          {columns.map(({ name, title, numeric }) => (
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
                  ? (
                    <TableRow
                      key={i}
                      row={row}
                      columns={columns}
                      at={i}
                      open={() => go({ view: "session", id: row.sessionId })}
                    />
                  )
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

function TableRow({ row, columns, at, open }: {
  row: api.Row;
  columns: typeof COLUMNS;
  at: number;
  open: () => void;
}) {
  return (
    <div
      role="row"
      class={`row ${row.success === 1 ? "solved" : row.success === 0 ? "failed" : ""}`}
      aria-rowindex={at + 1}
      onClick={open}
    >
      {columns.map(({ name, show, numeric }) => (
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
