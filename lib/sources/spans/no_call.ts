import { RowError } from "../../model/mod.ts";
import { countsText } from "../notes_text.ts";
import { plural } from "../../model/plural.ts";

/** Says what the spans of a source lack, none of which is a model call. */
export function noCallIn(names: ReadonlySet<string>, spans: number, source: string): string {
  const some = [...names].slice(0, 5).map((name) => JSON.stringify(name)).join(", ") + (names.size > 5 ? ", ..." : "");
  const detail = `none of its ${plural(spans, "span")} (${some}) is a model call: expected the attribute ` +
    '"gen_ai.operation.name" (chat, text_completion or generate_content) or what other recorders write; ' +
    "say which spans are calls with modelCall in a --mapping FILE";
  return new RowError(source, null, "", detail).message;
}

/** Says what a source holds that has no span. */
export function noSpanIn(others: readonly string[], logs: number, source: string): string {
  const found = countsText({
    ...(others.length ? { [`documents of ${[...new Set(others)].join(", ")}`]: others.length } : {}),
    ...(logs ? { "GenAI log records": logs } : {}),
  });
  const detail = `holds no span, but ${found}: log records are calls where they have a trace id, a span id ` +
    "and what was said (gen_ai.client.inference.operation.details, gen_ai.user.message, gen_ai.choice ...)";
  return new RowError(source, null, "", detail).message;
}
