import { heading } from "../prompt/prompt.ts";
import type { Transcript } from "./transcript.ts";
import type { JudgeVerdict } from "../verdicts/verdict.ts";
import { fileNameOf } from "../../io/file_name.ts";
import { escapeHtml } from "../../model/mod.ts";
import { redactSecrets } from "../../traces/mod.ts";
import { visible } from "../prompt/visible.ts";

/**
 * Name of a session's page. Ids come from traces: only harmless characters stay, and a hash of the whole id keeps apart what
 * is the same without the others, without regard to case or too long for a file name (see `fileNameOf`).
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { pageName } from "agent-trace-lab/judge";
 * equal(pageName("night-1_2").includes("night-1_2"), true);
 * ```
 */
export function pageName(sessionId: string): string {
  return `${fileNameOf(sessionId)}.html`;
}

/**
 * A session's whole transcript as an HTML page, with an anchor for each call (`#call-7`) and, at the top, what was ruled and
 * the calls it rests on. Recorded text is escaped and its invisible characters are written out.
 *
 * @param official the official grade in words, where there is one
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { transcriptPage, exampleSession, transcriptOf } from "agent-trace-lab/judge";
 * const row = exampleSession();
 * const page = transcriptPage(row.sessionId, transcriptOf(row), [], null);
 * equal(page.includes("Paybuddy"), true);
 * ```
 */
export function transcriptPage(
  sessionId: string,
  transcript: Transcript,
  verdicts: readonly JudgeVerdict[],
  official: string | null,
): string {
  let last = 0;
  const items = transcript.items.map((item) => {
    const anchor = item.call === last ? "" : ` id="call-${item.call}"`;
    last = item.call;
    const where = `call ${item.call}${item.thread > 1 ? `, conversation ${item.thread}` : ""}`;
    const kind = item.error ? "error" : item.kind;
    return `<section${anchor} class="${kind}"><h2>${where} · ${escaped(heading(item))}</h2><pre>${
      escaped(item.text)
    }</pre></section>`;
  });
  const roles = transcript.roles.map(({ role, calls, why }) => `${calls} ${role} (${why})`).join("; ");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(sessionId)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head><body>
<h1>${escaped(sessionId)}</h1>
<p>${transcript.calls} model calls: ${escaped(roles)}.${
    official === null ? "" : ` Official grade: ${escaped(official)}.`
  }</p>
${verdicts.map(ruling).join("\n")}
${items.join("\n")}
</body></html>
`;
}

function ruling(verdict: JudgeVerdict): string {
  const links = verdict.evidence.map((call) => `<a href="#call-${call}">call ${call}</a>`).join(", ");
  const { failingCall, failingQuote } = verdict;
  const failing = failingCall === null
    ? ""
    : ` It could no longer succeed from <a href="#call-${failingCall}">call ${failingCall}</a> on${
      failingQuote === null ? "" : `: <q>${escaped(failingQuote)}</q>`
    }.`;
  const words = `${verdict.judge} (${verdict.rubric} v${verdict.rubricVersion}): ${verdict.success ?? "no verdict"}, ` +
    `${verdict.confidence ?? verdict.outcome}. ${verdict.reasoning ?? ""}`;
  return `<p class="ruling">${escaped(words)}${links ? ` Rests on ${links}.` : ""}${failing}</p>`;
}

function escaped(text: string): string {
  return escapeHtml(visible(redactSecrets(text).text));
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f5f5f5;padding:.6rem;border-left:4px solid #bbb;margin:0}
h2{font-size:.85rem;margin:1.2rem 0 .2rem}.call pre{border-color:#4477aa}.assistant pre{border-color:#228833}
.user pre,.system pre{border-color:#ccbb44}.error pre,.fault pre{border-color:#ee6677}.ruling{background:#eef;padding:.6rem}
section:target pre{outline:2px solid #4477aa}`;
