import type { BlendRow, CellRow, CostRow, FailedCostRow, FrontierRow, Prices, RankChange } from "../../analysis/mod.ts";
import { fixed, int, pct, plural, times, usd } from "../../figures/mod.ts";
import { list, row } from "../../notebook/markdown.ts";
import { markdownTable, paragraphs, type Told } from "./told.ts";

/** The rates that costs rest on, and the models that have none. */
export function ratesUsed(
  prices: Prices,
  blend: Readonly<Record<string, number>>,
  missing: readonly { model: string; sessions: number }[],
  { names, ofStudy }: Told,
): string {
  const lines = Object.entries(prices.models).map(([model, { input, output, output_share }]) => {
    const own = Object.hasOwn(blend, model) ? blend[model] : null;
    return row(names.model(model), usd(input), usd(output), pct(output_share, 1), usd(own));
  });
  const without = missing.map((m) => `${names.model(m.model)} (${plural(m.sessions, "session")})`);
  return paragraphs(
    ofStudy
      ? "The table has one number of tokens a session: input and output together. The published analysis priced it with one " +
        "_blended_ rate a model, from list prices and a measured share of output tokens."
      : "",
    lines.length
      ? paragraphs(
        `${prices.source}. As of ${prices.as_of}, USD per million tokens:`,
        markdownTable(["model", "input:", "output:", "output share:", "blended:"], lines),
      )
      : "No price table was given, so no cost is worked out here.",
    without.length || lines.length ? `Models without a price: ${list(without)}.` : "",
  );
}

/** Who is on the frontier, and on which suites its open weights ran. */
export function onTheFrontier(points: readonly FrontierRow[], cells: readonly CellRow[], { names }: Told): string {
  if (!points.length) return "No config has twenty scored sessions, a balanced rate and a price: there is no frontier.";
  const best = points.filter((p) => p.on_frontier);
  const closed = best.filter((p) => p.open_weights === false);
  const stated = points.some((p) => p.open_weights !== null);
  const open = new Set(points.filter((p) => p.open_weights).map((p) => p.config));
  const suitesOf = (rows: readonly CellRow[]) =>
    [...new Set(rows.filter((c) => c.n >= 5).map((c) => c.benchmark))].sort();
  const suites = suitesOf(cells.filter((c) => open.has(c.config)));
  const fewer = suites.length < suitesOf(cells).length;
  return [
    `On the frontier: ${list(best.map((p) => names.config(p.config)))}.`,
    stated ? `With closed weights: ${list(closed.map((p) => names.config(p.config)))}.` : "",
    "A config's balanced success is over the suites where it has five sessions or more.",
    open.size && fewer
      ? `For the open-weight configs these are ${list(suites.map(names.benchmark))} alone: left and up on this ` +
        "chart is not " +
        '"better at everything".'
      : "",
  ].filter(Boolean).join(" ");
}

/** The published costs per solved task beside ours; a caution on pooling for other rows. */
export function costsQuoted(costs: readonly CostRow[], { names, ofStudy, said }: Told): string {
  if (!ofStudy && costs.every((c) => c.usd_per_success === null)) return "No cost per solved task is known.";
  if (!ofStudy) {
    return "These pool over suites, so they carry the mix of tasks with them. The fair comparison is within a suite.";
  }
  const quoted = [
    ["cost-opus-tool", "tool_calling · claude-opus-4-5"],
    ["cost-gemini-solo", "openai_solo · gemini-3-pro"],
    ["cost-opus", "claude_code · claude-opus-4-5"],
    ["cost-deepseek", "claude_code · deepseek-v3.2"],
    ["cost-kimi", "claude_code · kimi-k2.5"],
  ] as const;
  const lines = quoted.map(([id, config]) => {
    const ours = costs.find((r) => r.config === config)?.usd_per_success;
    return row(names.config(config), usd(said(id)), usd(ours));
  });
  return paragraphs(
    markdownTable(["config", "published:", "here:"], lines),
    "These pool over suites, so they carry the mix of tasks with them: the two dearest configs ran AppWorld almost alone. The " +
      "fair comparison is within a suite.",
  );
}

/** Whether failures cost more, pooled and by suite. */
export function failuresDearer(
  premium: number | null,
  rows: readonly FailedCostRow[],
  { names, ofStudy }: Told,
): string {
  const suites = rows.filter((r): r is FailedCostRow & { benchmark: string } => r.benchmark !== null);
  const named = (of: typeof suites) => list(of.map((r) => names.benchmark(r.benchmark)));
  if (premium === null) return "There are no failed and successful sessions that both have a price.";
  const side = (r: FailedCostRow) =>
    r.within === null || r.p_holm === null || r.p_holm >= 0.05
      ? "unknown"
      : r.within.within.estimate > 1
      ? "dearer"
      : "cheaper";
  const [dearer, cheaper] = [suites.filter((r) => side(r) === "dearer"), suites.filter((r) => side(r) === "cheaper")];
  const undecided = suites.filter((r) => side(r) === "unknown");
  const all = rows.find((r) => r.benchmark === null)?.within;
  const turned = suites.filter((r) => r.within !== null && (r.within.within.estimate - 1) * (r.ratio - 1) < 0);
  const parts = [
    dearer.length ? `on ${named(dearer)} failures cost more` : "",
    cheaper.length ? `on ${named(cheaper)} ${dearer.length ? "less" : "failures cost less"}` : "",
    undecided.length ? `it cannot be told (Holm) on ${named(undecided)}` : "",
  ].filter(Boolean);
  const clauses = parts.length > 1 ? `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}` : parts[0] ?? "";
  const mixture = dearer.length > 0 && cheaper.length > 0;
  return [
    `Pooled, a failed session costs ${pct(Math.abs(premium))} ${premium >= 0 ? "more" : "less"} than a successful one.`,
    ofStudy ? "The Open Agent Leaderboard reports 20 to 54% more." : "",
    all
      ? `Within suite and config it is ${times(all.within.estimate)} (95% ${times(all.within.lo)} to ${
        times(all.within.hi)
      }, new runs).`
      : "",
    clauses ? `${mixture ? "Within config it is a mixture" : "Within config, by suite"}: ${clauses}.` : "",
    turned.length
      ? `Simpson: ${
        list(turned.map((r) =>
          `on ${names.benchmark(r.benchmark)} ${times(r.ratio)} pooled is ${
            times(r.within?.within.estimate)
          } within config`
        ))
      }.`
      : "",
  ].filter(Boolean).join(" ");
}

/** How far the two orders of configs are from each other. */
export function twoRankings({ rows, tau }: RankChange): string {
  if (rows.length < 2) {
    return "Fewer than two configs have twenty scored sessions, a price and a success: nothing to rank.";
  }
  const moved = rows.filter((r) => r.place_per_task !== r.place_per_success);
  return `Kendall's tau between the two orders is ${
    tau === null || tau === undefined ? "not defined" : fixed(tau, 2)
  }; of ` +
    `${plural(rows.length, "config")} ${int(moved.length)} ${moved.length === 1 ? "changes" : "change"} place.`;
}

/** The table's blend held against exact token counts. */
export function blendHeldAgainst(rows: readonly BlendRow[], { names, ofStudy }: Told): string {
  const lines = rows.filter((r) => r.ratio !== null).map((r) => {
    const shares = [pct(r.output_share, 2), pct(r.table_share, 1)];
    return row(
      names.model(r.model),
      int(r.sessions),
      ...shares,
      usd(r.blended_usd),
      usd(r.exact_usd),
      times(r.ratio, 3),
    );
  });
  const uncached = rows.some((r) => r.note !== null && r.ratio !== null);
  return paragraphs(
    ofStudy
      ? "The judged table knows only total tokens, so every dollar above rests on an assumed share of output. For one shard of " +
        "the traces (SWE-bench under Claude Code) the recorded calls tell input from output, and the blend can be held against " +
        "exact prices."
      : "Where input and output are known apart, and the price table assumes a share of output, the two can be held against " +
        "each other.",
    lines.length
      ? markdownTable(
        ["model", "sessions:", "output share, recorded:", "in the table:", "blended:", "exact:", "blended over exact:"],
        lines,
      )
      : "Here no model has both.",
    lines.length && uncached
      ? "Neither knows of cache discounts: agents resend their history with every call, and providers charge cached input a " +
        'fraction of the rate. So "exact" is itself an upper bound, and all of these are estimates.'
      : "",
  );
}
