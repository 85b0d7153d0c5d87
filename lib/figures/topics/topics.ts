import * as Plot from "@observablehq/plot";
import type { Topic, TopicPoint, Topics } from "../../analysis/topics/types.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { fixed, int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { plotBlock } from "../kit/plot.ts";
import { element, textAt } from "../kit/svg.ts";
import { fitText, textWidth } from "../kit/text.ts";
import { FONT_SIZE, HALO, INK } from "../kit/theme.ts";
import { topicMark } from "../kit/topic_marks.ts";

const INSET = 16;
const ROW = 24;
/** Height of a further line on a phone. */
const LINE = 16;

/** Where the benchmark alone falls below this, its family is named beside it. */
const HIGH = 0.9;

/** Left edges of the table's columns; numbers end where the next column begins, less a gap. */
const COLUMNS = { name: 44, failures: 250, share: 322, again: 416, benchmark: 446, harness: 712 } as const;

/** What {@link drawTopics} is told beside the topics. */
export interface TopicsContext extends FigureContext {
  /** Whose words the texts are; the judge's reasons unless given. */
  said?: string;
}

/** Failures as a map: near points were described alike. Topics have a mark each; texts in no topic are grey rings. */
export function drawTopics(topics: Topics, context: TopicsContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const { seed, texts, unclustered, embedding, stability, min_size } = topics;
  const benchmark = topics.rediscovery.find(({ dimension }) => dimension === "benchmark");
  const family = topics.rediscovery.find(({ dimension }) => dimension === "family");
  const warned = topics.warnings.find((warning) => warning.startsWith("Topics rediscover the task"));
  const said = context.said ?? "What the judge said of failures";
  const found = plural(topics.topics.length, "topic");
  const sorted = topics.seeds.length ? "sorted by seeds and the rest clustered by density" : "clustered by density";
  return frame({
    name: names.figure("topics"),
    title: warned ? `${said} falls into ${found}, mostly the tasks themselves` : `${said} falls into ${found}`,
    subtitle: "A mark is a failed session: near ones were described alike (UMAP; the axes mean nothing).",
    description: topics.topics.map((topic) =>
      `Topic ${topic.number}, ${topic.name}: ${plural(topic.sessions, "failure")}, ${pct(topic.share)}, mostly ${
        names.benchmark(topic.purity.benchmark.value)
      } (${pct(topic.purity.benchmark.share)}).`
    ).concat(`${int(unclustered)} in no topic.`).join(" "),
    width: context.width,
    body: topics.points.length
      ? [map(topics, names, width), isNarrow(width) ? list(topics, names, width) : table(topics, names, width)]
      : [emptyBlock("No texts.", width)],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(texts, "failed session")}, ${int(unclustered)} in no topic; topics of ${min_size} and more.`,
      embedding.kind === "given"
        ? `Embeddings of a model, ${sorted}.`
        : `TF-IDF of ${plural(embedding.words, "word")} in ${
          plural(embedding.dimensions, "dimension")
        }, ${sorted}, seed ${seed}.`,
      stability
        ? `Found again: mean Jaccard index over ${stability.runs} bootstrap runs; all topics together: adjusted Rand ${
          fixed(stability.adjusted_rand, 2)
        } (${fixed(stability.lo, 2)} to ${fixed(stability.hi, 2)}).`
        : "",
      benchmark && family
        ? `Purity by benchmark ${pct(benchmark.purity)} (${
          pct(benchmark.purity_of_one)
        } without topics), by task family ${pct(family.purity)}.`
        : "",
    ].filter(Boolean),
  });
}

type Placed = TopicPoint & { x: number; y: number };

function map({ points: all, topics }: Topics, names: Naming, width: number): Block {
  const height = isNarrow(width) ? 320 : 420;
  const points = all.flatMap(({ x, y, ...point }) => x === null || y === null ? [] : [{ ...point, x, y }]);
  const extent = (values: number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  const [left, right] = extent(points.map(({ x }) => x));
  const [low, high] = extent(points.map(({ y }) => y));
  const xOf = (x: number) => INSET + (x - left) / Math.max(1e-9, right - left) * (width - 2 * INSET);
  const yOf = (y: number) => height - INSET - (y - low) / Math.max(1e-9, high - low) * (height - 2 * INSET);
  const titles = new Map(topics.map(({ number, name }) => [number, name]));
  const title = ({ topic, benchmark, harness }: Placed) =>
    `${topic === null ? "no topic" : `topic ${topic}: ${titles.get(topic) ?? ""}`}\n${names.benchmark(benchmark)}, ${
      names.harness(harness)
    }`;
  const dots = (own: readonly Placed[], options: Plot.DotOptions) =>
    Plot.dot(own, { x: ({ x }) => xOf(x), y: ({ y }) => yOf(y), title, ...options });
  const plot = plotBlock({
    width,
    height,
    margin: 0,
    x: { domain: [0, width], range: [0, width], axis: null },
    y: { domain: [0, height], range: [0, height], axis: null },
    marks: [
      Plot.frame({ stroke: INK.rule }),
      dots(points.filter(({ topic }) => topic === null), { r: 2.5, stroke: INK.faint, fill: INK.ground }),
      ...topics.map(({ number }) => {
        const { color, symbol } = topicMark(number);
        return dots(points.filter(({ topic }) => topic === number), { r: 3.2, fill: color, fillOpacity: 0.8, symbol });
      }),
    ],
  });
  const labels = topics.map(({ number }) => {
    const own = points.filter(({ topic }) => topic === number);
    const at = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
    return textAt(xOf(at(own.map(({ x }) => x))), yOf(at(own.map(({ y }) => y))) + 7, String(number), {
      "font-size": 20,
      "font-weight": 600,
      "text-anchor": "middle",
      fill: INK.text,
      ...HALO,
      "stroke-width": 5,
    });
  });
  return { ...plot, markup: plot.markup + labels.join("") };
}

/** Of heads, and of numbers that end where their column does. */
const HEAD = { "font-size": FONT_SIZE.small, "font-weight": 600, fill: INK.muted };
const RIGHT = { "text-anchor": "end" };

/** What stands before a text of no topic. */
const ring = (y: number) => element("circle", { cx: 10, cy: y + 12, r: 3, stroke: INK.faint, fill: "none" });

/** A topic's mark and number. */
function markAndNumber(number: number, y: number): string {
  const { color, path } = topicMark(number);
  return element("path", { d: path, transform: `translate(10,${y + 12})`, fill: color }) +
    textAt(24, y + 16, String(number), { "font-weight": 600 });
}

/** On a phone, two lines for each topic. */
function list({ topics, texts, unclustered }: Topics, names: Naming, width: number): Block {
  const small = { "font-size": FONT_SIZE.small, fill: INK.muted };
  const counted = (n: number) => `${int(n)}, ${pct(n / Math.max(1, texts))}`;
  const rows = topics.map(({ number, name, sessions, stability, purity: { benchmark, harness } }, i) => {
    const y = 34 + i * (ROW + LINE), count = counted(sessions);
    const room = width - COLUMNS.name - textWidth(count, FONT_SIZE.body) - 10;
    const more = [
      `${names.benchmark(benchmark.value)} ${pct(benchmark.share)}`,
      `${names.harness(harness.value)} ${pct(harness.share)}`,
      fixed(stability, 2),
    ].join(", ");
    return [
      markAndNumber(number, y),
      textAt(COLUMNS.name, y + 16, fitText(name, room, FONT_SIZE.body)),
      textAt(width, y + 16, count, RIGHT),
      textAt(COLUMNS.name, y + 16 + LINE, fitText(more, width - COLUMNS.name, FONT_SIZE.small), small),
    ].join("");
  });
  const y = 34 + topics.length * (ROW + LINE);
  const markup = [
    textAt(COLUMNS.name, 26, "topic; largest part from, under; found again", HEAD),
    textAt(width, 26, "failures", { ...HEAD, ...RIGHT }),
    ...rows,
    ring(y),
    textAt(COLUMNS.name, y + 16, "no topic", { fill: INK.muted }),
    textAt(width, y + 16, counted(unclustered), { fill: INK.muted, ...RIGHT }),
  ];
  return { markup: markup.join(""), width, height: y + ROW };
}

function table({ topics, texts, unclustered }: Topics, names: Naming, width: number): Block {
  const heads = [
    textAt(COLUMNS.name, 26, "topic, by its seed or words", HEAD),
    textAt(COLUMNS.failures + 44, 26, "failures", { ...HEAD, ...RIGHT }),
    textAt(COLUMNS.share + 30, 26, "share", { ...HEAD, ...RIGHT }),
    textAt(COLUMNS.again + 14, 26, "found again", { ...HEAD, ...RIGHT }),
    textAt(COLUMNS.benchmark, 26, "largest part from", HEAD),
    textAt(COLUMNS.harness, 26, "largest under", HEAD),
  ];
  const rows = topics.map((topic, i) => row(topic, 34 + i * ROW, names));
  const y = 34 + topics.length * ROW;
  const rest = [
    ring(y),
    textAt(COLUMNS.name, y + 16, "no topic", { fill: INK.muted }),
    textAt(COLUMNS.failures + 44, y + 16, int(unclustered), { fill: INK.muted, ...RIGHT }),
    textAt(COLUMNS.share + 30, y + 16, pct(unclustered / Math.max(1, texts)), { fill: INK.muted, ...RIGHT }),
  ];
  return { markup: [...heads, ...rows, ...rest].join(""), width, height: y + ROW };
}

function row({ number, name, sessions, share, stability, purity }: Topic, y: number, names: Naming): string {
  const base = y + 16;
  const mostly = (label: string, part: number, width: number, tail = "") => {
    const end = ` ${pct(part)}${tail}`;
    return fitText(label, width - textWidth(end, FONT_SIZE.body), FONT_SIZE.body) + end;
  };
  const kin = purity.benchmark.share < HIGH && purity.family.share >= HIGH
    ? `, ${pct(purity.family.share)} ${purity.family.value}`
    : "";
  return [
    markAndNumber(number, y),
    textAt(COLUMNS.name, base, fitText(name, COLUMNS.failures - COLUMNS.name - 8, FONT_SIZE.body)),
    textAt(COLUMNS.failures + 44, base, int(sessions), RIGHT),
    textAt(COLUMNS.share + 30, base, pct(share), RIGHT),
    textAt(COLUMNS.again + 14, base, fixed(stability, 2), RIGHT),
    textAt(COLUMNS.benchmark, base, mostly(names.benchmark(purity.benchmark.value), purity.benchmark.share, 256, kin)),
    textAt(COLUMNS.harness, base, mostly(names.harness(purity.harness.value), purity.harness.share, 152)),
  ].join("");
}
