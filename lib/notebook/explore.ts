import { escapeHtml, type FigureContext, naming, packedNames, plural } from "../figures/mod.ts";
import { scriptJson, TABLE_STYLE } from "../figures/kit/html.ts";
import { bundledScript } from "../io/mod.ts";
import type { Dataset, NameKind, Session } from "../model/mod.ts";
import { type Display, kernelDisplay } from "./display.ts";
import { KINDS, type Packed } from "./packed.ts";

/** Single sessions that a panel holds at most; rates are of all of them however many. */
const MOST = 20_000;

const MEASURES = [
  { id: "tokens", label: "tokens", of: (session: Session) => session.totalTokens },
  { id: "calls", label: "model calls", of: (session: Session) => session.calls },
  { id: "seconds", label: "seconds", of: (session: Session) => session.durationS },
  { id: "errors", label: "tool errors", of: (session: Session) => session.toolErrors },
];

/**
 * Shows a panel of inputs and a chart that is drawn anew at each of them: success with its intervals, or tokens, calls, seconds
 * and tool errors, by suite, harness, model or config, of the sessions chosen. It needs nothing but the page that it is in, so that
 * it also works in an exported one.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { loadDataset } from "agent-trace-lab";
 * import { explore } from "agent-trace-lab/notebook";
 * const shown: string[] = [];
 * const dataset = await loadDataset("data/examples/sessions.jsonl");
 * await explore(dataset, {}, async (bundle) => void shown.push(String(bundle["text/plain"])));
 * equal(shown[0], "A panel to explore 300 sessions.");
 * ```
 *
 * @param context how names read
 * @throws {Error} with the bundler's words where the page's script cannot be made
 */
export async function explore(
  dataset: Dataset,
  context: Pick<FigureContext, "names"> = {},
  display: Display = kernelDisplay,
): Promise<void> {
  const packed = packedOf(dataset, context);
  const script = await bundledScript(new URL("./page/explore.ts", import.meta.url), [
    new URL("../stats/intervals/", import.meta.url),
    new URL("../figures/kit/", import.meta.url),
    new URL("./", import.meta.url),
  ]);
  const plain = `A panel to explore ${plural(dataset.info.sessions, "session")}.`;
  const html = [
    `<div class="atl-table" data-atl-explore>`,
    `<style>${TABLE_STYLE}</style>`,
    `<div class="panel"><p class="foot">${
      escapeHtml(plain)
    } It needs JavaScript: run the cell, or open the exported page.</p></div>`,
    `<script type="application/json">${scriptJson(packed)}</script>`,
    `<script>(()=>{${script.replaceAll(/<\/(?=script)/gi, "<\\/")}})()</script>`,
    "</div>",
  ].join("\n");
  await display({ "text/html": html, "text/plain": plain }, {});
}

function packedOf(dataset: Dataset, context: Pick<FigureContext, "names">): Packed {
  const names = naming(context);
  const all = packedNames(dataset.cells, names);
  const places = KINDS.map((kind) => new Map(all[kind].map((name, i) => [name, i])));
  const placesOf = (of: Readonly<Record<NameKind, string>>) => KINDS.map((kind, i) => places[i]!.get(of[kind])!);
  const counts = new Map<string, [number, number, number, number, number, number]>();
  for (const cell of dataset.cells) {
    const [b, h, m] = placesOf(cell) as [number, number, number];
    const sum = counts.get(`${b} ${h} ${m}`) ?? [b, h, m, 0, 0, 0];
    if (cell.verdict === 1) sum[3] += cell.sessions;
    if (cell.verdict !== null) sum[4] += cell.sessions;
    sum[5] += cell.sessions;
    counts.set(`${b} ${h} ${m}`, sum);
  }
  const held = dataset.held === "none" ? [] : dataset.sessions;
  const sessions = held.slice(0, MOST);
  const measures = MEASURES.filter(({ of }) => sessions.some((session) => of(session) !== null));
  const which = sessions.length < dataset.info.sessions
    ? ` Single sessions: ${sessions.length} of ${dataset.info.sessions}.`
    : "";
  return {
    names: {
      benchmark: all.benchmark.map(names.benchmark),
      harness: all.harness.map(names.harness),
      model: all.model.map(names.model),
    },
    counts: [...counts.values()],
    sessions: sessions.map((session) => [...placesOf(session), ...measures.map(({ of }) => of(session))]),
    measures: measures.map(({ id, label }) => ({ id, label })),
    caption: `Source: ${dataset.info.caption}.${which}`,
  };
}
