/** @jsxImportSource preact */
import * as Plot from "@observablehq/plot";
import { useEffect, useRef } from "preact/hooks";
import type { SessionFilter } from "../../model/mod.ts";
import type { Charts as ChartRows, Histogram } from "./api.ts";
import { brief, count, pct, short } from "./words.ts";
import { plural } from "../../model/plural.ts";

/** Puts a Plot chart into an element. */
function Drawn({ draw, label }: { draw: (width: number) => Element; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current!;
    const redraw = () => element.replaceChildren(draw(Math.max(220, element.clientWidth)));
    redraw();
    const observer = new ResizeObserver(redraw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [draw]);
  return <div ref={place} role="img" aria-label={label} class="chart" />;
}

const STYLE = { background: "none", color: "currentColor", fontSize: "12px", overflow: "visible" };

const VERDICTS = {
  domain: ["solved", "not solved", "unknown"],
  range: ["var(--solved)", "var(--failed)", "var(--unknown)"],
};

/** Four charts of the sessions under the filter; a bar or a stretch that is picked filters everything else. */
export function Charts(
  { charts, filter, onFilter }: {
    charts: ChartRows;
    filter: SessionFilter;
    onFilter: (column: string, to: SessionFilter[string] | null) => void;
  },
) {
  return (
    <section class="charts" aria-label="Charts">
      <p class="legend">
        <span class="solved">■</span> solved <span class="failed">■</span> not solved <span class="unknown">■</span>
        {" "}
        unknown
      </p>
      <Configs charts={charts} filter={filter} onFilter={onFilter} />
      <Distribution title="Tokens" histogram={charts.tokens} format={short} filter={filter} onFilter={onFilter} />
      <Distribution title="Duration" histogram={charts.duration} format={brief} filter={filter} onFilter={onFilter} />
      <Distribution title="Model calls" histogram={charts.calls} format={short} filter={filter} onFilter={onFilter} />
    </section>
  );
}

function Configs({ charts: { configs }, filter, onFilter }: {
  charts: ChartRows;
  filter: SessionFilter;
  onFilter: (column: string, to: SessionFilter[string] | null) => void;
}) {
  const picked = (filter["config"]?.in ?? []) as string[];
  const toggle = (config: string) => {
    const next = picked.includes(config) ? picked.filter((one) => one !== config) : [...picked, config];
    onFilter("config", next.length ? { in: next } : null);
  };
  const draw = (width: number) => {
    const bars = configs.flatMap(({ key, sessions, scored, solved }) => [
      { config: key, verdict: "solved", n: solved },
      { config: key, verdict: "not solved", n: scored - solved },
      { config: key, verdict: "unknown", n: sessions - scored },
    ]);
    const chart = Plot.plot({
      width,
      height: 26 + 22 * configs.length,
      marginLeft: Math.min(210, width * 0.5),
      marginRight: 44,
      marginTop: 4,
      style: STYLE,
      x: { axis: null },
      y: {
        domain: configs.map(({ key }) => key),
        label: null,
        tickFormat: (name: string) => cut(name, width < 420 ? 22 : 30),
      },
      color: VERDICTS,
      marks: [
        Plot.barX(bars, {
          x: "n",
          y: "config",
          fill: "verdict",
          fillOpacity: (d: { config: string }) => picked.length === 0 || picked.includes(d.config) ? 1 : 0.35,
          title: (d: { config: string; verdict: string; n: number }) => `${d.config}: ${count(d.n)} ${d.verdict}`,
        }),
        Plot.text(configs, {
          x: "sessions",
          y: "key",
          text: ({ scored, solved }) => scored ? pct(solved / scored) : "–",
          textAnchor: "start",
          dx: 4,
        }),
      ],
    });
    chart.addEventListener("click", (event) => {
      const { top } = chart.getBoundingClientRect();
      const at = Math.floor(((event as MouseEvent).clientY - top - 4) / 22);
      if (configs[at]?.key) toggle(configs[at].key);
    });
    return chart;
  };
  const label = configs.map(({ key, scored, solved }) =>
    `${key} ${scored ? pct(solved / scored) : "unknown"} of ${scored}`
  ).join("; ");
  return (
    <figure>
      <figcaption>Success by config</figcaption>
      <Drawn draw={draw} label={label} />
      <details>
        <summary>Choose configs{picked.length ? ` (${picked.length})` : ""}</summary>
        {configs.map(({ key, sessions }) =>
          key !== null && (
            <label key={key}>
              <input type="checkbox" checked={picked.includes(key)} onChange={() => toggle(key)} /> {key}{" "}
              ({count(sessions)})
            </label>
          )
        )}
      </details>
    </figure>
  );
}

function Distribution({ title, histogram: { column, bins, unknown }, format, filter, onFilter }: {
  title: string;
  histogram: Histogram;
  format: (value: number) => string;
  filter: SessionFilter;
  onFilter: (column: string, to: SessionFilter[string] | null) => void;
}) {
  const range = filter[column];
  const inside = (bin: { lo: number; hi: number }) =>
    (range?.min === undefined || bin.hi > range.min) && (range?.max === undefined || bin.lo < range.max);
  const draw = (width: number) => {
    const bars = bins.flatMap((bin) => [
      { ...bin, verdict: "solved", n: bin.solved },
      { ...bin, verdict: "not solved", n: bin.failed },
      { ...bin, verdict: "unknown", n: bin.sessions - bin.solved - bin.failed },
    ]);
    const chart = Plot.plot({
      width,
      height: 130,
      marginTop: 6,
      marginBottom: 24,
      marginLeft: 34,
      style: STYLE,
      x: { type: "log", tickFormat: (t: number) => format(t), label: null, ticks: ticksOf(bins, width / 90) },
      y: { ticks: 3, label: null, grid: true },
      color: VERDICTS,
      marks: [
        Plot.rectY(bars, {
          x1: (d) => Math.max(d.lo, 1e-3),
          x2: (d) => Math.max(d.hi, 1.001e-3),
          y: "n",
          fill: "verdict",
          fillOpacity: (d) => inside(d) ? 1 : 0.3,
          insetLeft: 0.5,
          insetRight: 0.5,
          title: (d) => `${format(d.lo)} to ${format(d.hi)}: ${count(d.n)} ${d.verdict}`,
        }),
      ],
    });
    brushed(chart, (from, to) => onFilter(column, from === null ? null : { min: from, max: to }));
    return chart;
  };
  const total = bins.reduce((sum, { sessions }) => sum + sessions, 0);
  const bound = (which: "min" | "max") => (
    <label>
      {which === "min" ? "from" : "to"}{" "}
      <input
        type="number"
        value={range?.[which] ?? ""}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const next = { ...range, [which]: value === "" ? undefined : Number(value) };
          onFilter(column, next.min === undefined && next.max === undefined ? null : next);
        }}
      />
    </label>
  );
  return (
    <figure>
      <figcaption>{title}{unknown ? ` · ${count(unknown)} unknown` : ""}</figcaption>
      {total
        ? <Drawn draw={draw} label={`${title} of ${plural(total, "session")} in ${plural(bins.length, "bin")}`} />
        : <p class="empty">Not known.</p>}
      {(total > 0 || range) && <div class="bounds">{bound("min")}{bound("max")}</div>}
    </figure>
  );
}

/** Round values within the bins, of which at most so many find room. */
function ticksOf(bins: Histogram["bins"], most: number): number[] {
  const [lo, hi] = [bins[0]?.lo ?? 1, bins.at(-1)?.hi ?? 1];
  const rounds = [[1], [1, 3], [1, 2, 5]].map((steps) =>
    Array.from({ length: 16 }, (_, power) => steps.map((step) => step * 10 ** power)).flat()
      .filter((value) => value >= lo && value <= hi)
  );
  return rounds.findLast((values) => values.length <= most) ?? rounds[0]!;
}

/** Lets a stretch of a chart be drawn over with the pointer; a click without a stretch takes it away. */
function brushed(chart: (SVGSVGElement | HTMLElement) & Plot.Plot, onRange: (from: number | null, to: number) => void) {
  const scale = chart.scale("x")!;
  const at = (event: PointerEvent) => scale.invert!(event.clientX - chart.getBoundingClientRect().left) as number;
  let from: number | null = null;
  chart.style.touchAction = "pan-y";
  chart.addEventListener("pointerdown", (event) => {
    from = at(event as PointerEvent);
    chart.setPointerCapture((event as PointerEvent).pointerId);
  });
  chart.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const to = at(event as PointerEvent);
    const [lo, hi] = from < to ? [from, to] : [to, from];
    from = null;
    if (hi / lo < 1.02) onRange(null, 0);
    else onRange(rounded(lo), rounded(hi));
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function cut(name: string, most: number): string {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}
