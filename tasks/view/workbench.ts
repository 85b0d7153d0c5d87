import type { ClaimFile } from "../../lib/analysis/claims/mod.ts";
import { priceOf, type Prices, unpricedTable, usdOf } from "../../lib/analysis/mod.ts";
import { defaultSeeds } from "../../lib/analysis/topics/mod.ts";
import { openBrowser } from "../../lib/engines/mod.ts";
import type { Dataset, TraceRow } from "../../lib/model/mod.ts";
import { asideText } from "../../lib/sources/mod.ts";
import { bundlePage, openLabels, serveView, type ViewFile } from "../../lib/view/mod.ts";
import { conclusionsOf } from "../claims/conclusions.ts";
import { note, print, say } from "../say.ts";
import { openInBrowser } from "./open.ts";
import { conversationsOf, judgeSaw, verdictsOf } from "./source.ts";

/** What a workbench is opened on. */
export interface Workbench {
  /** As it was named; undefined for the study's own. */
  spec: string | undefined;
  dataset: Dataset;
  /** Where the texts are, where `spec` is a table or an engine. */
  traces: string | undefined;
  /** The file that says which column is what. */
  mapping: string | undefined;
  verdicts: string | undefined;
  /** The files of labels: the first is written, the others are read. */
  labels: readonly string[];
  prices: Prices | null;
  claims: ClaimFile | null;
  port: number;
  noOpen: boolean;
  /** Pages beside the workbench's own, by path: the first is opened. */
  pages?: readonly { path: string; html: string }[];
}

/** Serves a workbench until it is ended, and says where it is. */
export async function serveWorkbench(asked: Workbench): Promise<void> {
  const { spec, pages = [] } = asked;
  const files = new Map<string, ViewFile>(await bundlePage());
  for (const { path, html } of pages) {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    files.set(path, { type: "text/html; charset=utf-8", body: html, policy });
  }
  const verdicts = await verdictsOf(asked.verdicts, asked.dataset);
  const { dataset } = verdicts;
  const isDatabase = spec?.startsWith("duckdb:") && asked.verdicts === undefined && dataset.held !== "all";
  const browser = await openBrowser(
    isDatabase ? { database: spec!.slice("duckdb:".length) } : { sessions: dataset.sessions ?? [] },
  );
  const [labelFile = "labels.jsonl", ...others] = asked.labels;
  const labels = await openLabels(labelFile, others);
  if (labels.repaired) note(`${labelFile}: ${labels.repaired}`);
  if (labels.aside.length) note(`labels: ${asideText(labels.aside)}`);
  const prices = asked.prices ?? unpricedTable();
  const conversations = await conversationsOf({ source: spec, traces: asked.traces, mapping: asked.mapping }, {
    usdOf: (span) => usdOfCall(span, prices),
    judgeSaw: judgeSaw(verdicts.bySession),
  });
  const stop = new AbortController();
  const view = serveView({
    caption: dataset.info.caption,
    browser,
    sessions: dataset.held === "all" ? dataset.sessions : null,
    conversations,
    labels,
    verdicts: verdicts.bySession,
    modes: defaultSeeds().map(({ id, name }) => ({ id, name })),
    decide: dataset.held === "all" ? conclusionsOf(dataset, asked.claims) : null,
    files,
    token: [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    port: asked.port,
    now: Date.now,
    signal: stop.signal,
  });
  const url = view.url.replace("/?", `${pages[0]?.path ?? "/"}?`);
  say(dataset.info.sentence);
  // The address holds the key to this run of it, which the redactor would take out.
  print(url);
  say(`labels go to ${labelFile}; Ctrl+C ends it`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stop.abort());
  if (!asked.noOpen) await openInBrowser(url);
  await view.finished;
  await conversations?.close();
  await browser.close();
}

function usdOfCall(span: TraceRow["spans"][number], prices: Prices): number | null {
  const { inputTokens, outputTokens, cachedTokens, cacheWriteTokens } = span;
  if (inputTokens === null || outputTokens === null) return null;
  const rates = priceOf(prices, span.requestModel ?? span.responseModel ?? "");
  return usdOf(rates, {
    tokens: inputTokens + outputTokens,
    inputTokens,
    outputTokens,
    cachedTokens,
    cacheWriteTokens,
  });
}
