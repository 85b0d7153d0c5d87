import type { Message } from "../../model/mod.ts";
import type { FigureContext, HtmlTable } from "../kit/figure.ts";
import { int, plural } from "../kit/format.ts";
import { escapeHtml, tableShell } from "../kit/html.ts";
import { naming } from "../kit/names.ts";

/** A message and the model call (from 1) that brought it. */
export interface ConversationTurn {
  /** Number of the call, from 1. */
  call: number;
  /** What was said. */
  message: Message;
}

/** What {@link conversation} needs beside the turns. */
export interface ConversationContext extends Pick<FigureContext, "names"> {
  /** Heading. */
  title: string;
  /** Where the session is from, for the foot. */
  source: string;
  /** Longer texts are cut at so many characters, and say so. */
  maxChars?: number;
}

const TEXT = "white-space: pre-wrap; overflow-wrap: anywhere; word-break: normal; margin: 0; font: inherit";
const CODE =
  "white-space: pre-wrap; overflow-wrap: anywhere; word-break: normal; margin: 0; font: 12px/1.4 ui-monospace, Menlo, monospace";

/** A session as a conversation that a person can read: who said what in which model call, tool calls and results apart. */
export function conversation(turns: readonly ConversationTurn[], context: ConversationContext): HtmlTable {
  const { title, source, maxChars = 1200 } = context;
  const name = naming(context).figure("conversation");
  let last = 0;
  const rows = turns.map(({ call, message }) => {
    const first = call !== last;
    last = call;
    const said = message.content === null || message.content === ""
      ? ""
      : `<pre style="${message.role === "tool" ? CODE : TEXT}">${escapeHtml(cut(message.content, maxChars))}</pre>`;
    const called = (message.tool_calls ?? []).map(({ function: { name, arguments: args } }) =>
      `<pre style="${CODE}"><b>${escapeHtml(name)}</b>(${escapeHtml(cut(args, maxChars))})</pre>`
    ).join("");
    return `<tr><td class="num">${first ? int(call) : ""}</td><td>${escapeHtml(speaker(message))}</td>` +
      `<td class="wide" style="max-width: 820px">${said}${called}</td></tr>`;
  });
  return {
    name,
    html: tableShell({
      kind: name,
      title,
      html:
        `<table><thead><tr><th scope="col" class="num">call</th><th scope="col">who</th><th scope="col">what</th></tr>` +
        `</thead><tbody>${rows.join("")}</tbody></table>`,
      foot: `Source: ${source}. ${plural(turns.length, "message")}; texts are cut at ${int(maxChars)} characters.`,
    }),
  };
}

function speaker({ role, tool_calls }: Message): string {
  if (role === "tool") return "tool result";
  return role === "assistant" && tool_calls?.length ? "assistant, tool call" : role;
}

function cut(text: string, maxChars: number): string {
  const characters = [...text];
  const left = characters.length - maxChars;
  return left > 0 ? `${characters.slice(0, maxChars).join("")}… (${plural(left, "character")} more)` : text;
}
