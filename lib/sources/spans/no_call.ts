import { RowError } from "../../model/mod.ts";
import type { OtlpSpan } from "../otlp/otlp.ts";

/** Says what the spans of a source lack, none of which is a model call. */
export function noCallIn(spans: readonly Pick<OtlpSpan, "name">[], source: string): string {
  const names = [...new Set(spans.map(({ name }) => name))];
  const some = names.slice(0, 5).map((name) => JSON.stringify(name)).join(", ") + (names.length > 5 ? ", ..." : "");
  const detail = `none of its ${spans.length} spans (${some}) is a model call: expected the attribute ` +
    '"gen_ai.operation.name" (chat, text_completion or generate_content) or what other recorders write; ' +
    "say which spans are calls with modelCall in a --mapping FILE";
  return new RowError(source, null, "", detail).message;
}
