import { usdOfSession } from "../analysis/mod.ts";
import { escapeHtml, int, type Naming, seconds, tokens, usd } from "../figures/mod.ts";
import type { Session } from "../model/mod.ts";
import type { QuestionContext } from "../questions/mod.ts";

/** Sessions that are read without a script. */
const FIRST = 20;

/** The first sessions as a table, which the page's script replaces by one that is searched, sorted and leafed through. */
export function firstSessions(sessions: readonly Session[], { prices }: QuestionContext, names: Naming): string {
  if (!sessions.length) return "";
  const reasons = sessions.some((session) => session.judgeReasoning !== null);
  const heads = ["session", "benchmark", "harness", "model", "verdict", "tokens", "calls", "duration", "cost"];
  const head = [...heads, ...reasons ? ["judge's reason"] : []].map((name) => `<th scope="col">${name}</th>`).join("");
  const body = sessions.slice(0, FIRST).map((session) => {
    const texts = [
      session.sessionId,
      names.benchmark(session.benchmark),
      names.harness(session.harness),
      names.model(session.model),
      session.success === null ? "unknown" : session.success ? "solved" : "failed",
    ];
    const numbers = [
      tokens(session.totalTokens),
      int(session.calls),
      seconds(session.durationS),
      usd(usdOfSession(session, prices)),
    ];
    return `<tr>${texts.map((text, i) => `<td${i === 0 ? ` class="id"` : ""}>${escapeHtml(text)}</td>`).join("")}${
      numbers.map((text) => `<td class="num">${escapeHtml(text)}</td>`).join("")
    }${reasons ? `<td class="reason">${escapeHtml(session.judgeReasoning ?? "")}</td>` : ""}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="Table of sessions"><table class="rows"><thead><tr>${head}</tr></thead><tbody>${
    body.join("")
  }</tbody></table></div>${
    sessions.length > FIRST ? `<p class="note">The first ${FIRST}; a script shows the others.</p>` : ""
  }`;
}
