import { throws } from "node:assert/strict";
import { sessionOfRow } from "../../lib/model/mod.ts";
import { rowOfSession } from "../../lib/model/session_row.ts";
import { aSession } from "../support/a_session.ts";

Deno.test("a fault of a table of sessions names the column as the table writes it, and what it may hold", () => {
  const { official_success: _, ...row } = rowOfSession(aSession());
  throws(() => sessionOfRow(row, "mine.jsonl", 4), {
    message: 'mine.jsonl, row 4, field "official_success": expected 0, 1 or null; found nothing',
  });
  const camelCase = { ...aSession(), success: "yes" };
  throws(() => sessionOfRow({ ...camelCase }, "old.jsonl", 0), {
    message: /field "success": expected 0, 1 or null; found "yes"/,
  });
  const { totalTokens: __, ...old } = { ...aSession() };
  throws(() => sessionOfRow({ ...old, totalTokens: -1 }, "old.jsonl", 0), { message: /field "totalTokens"/ });
});
