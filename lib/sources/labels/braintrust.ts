import type { LabelFormat } from "./format.ts";
import { chanceOf, listOf, nameFor, recordOf, sessionOf, textOf, timeOf, verdictOf } from "./words.ts";

/**
 * Rows of Braintrust's human review: a score on the row of a session, or one span a reviewer beneath it. A session is named by
 * `metadata.session_id` of its row, else by the row's id; a score of 1 is solved, of 0 not; a number between, such as the mean
 * of several reviewers, is no verdict of one person.
 */
export const braintrustLabels: LabelFormat = {
  id: "braintrust",
  help: "Braintrust: rows with scores and comments of human review (JSON or JSON lines)",
  is: (record) => "scores" in record || "span_attributes" in record,
  read: (rows, path, names, each) => {
    const sessions = new Map<string, unknown>();
    for (const row of rows) {
      const metadata = recordOf(row["metadata"]);
      const id = metadata[nameFor("session", Object.keys(metadata), names) ?? ""];
      for (const key of ["root_span_id", "span_id", "id"] as const) {
        const own = textOf(row[key]);
        if (own !== null && id !== undefined && !sessions.has(own)) sessions.set(own, id);
      }
    }
    const reviewed = new Set(rows.filter(isReview).map((row) => textOf(row["root_span_id"])));
    return each(rows, (row, i) => {
      // The mean of reviewers stands on the session's own row; the reviewers' words are beneath it.
      if (!isReview(row) && reviewed.has(textOf(row["root_span_id"]) ?? textOf(row["id"]))) return [];
      const [scores, metadata] = [recordOf(row["scores"]), recordOf(row["metadata"])];
      const comments = listOf(row["comments"]).map(recordOf);
      const remark = textOf(recordOf(comments.at(-1)?.["comment"])["text"]) ??
        textOf(metadata[nameFor("comment", Object.keys(metadata), names) ?? ""]);
      const verdict = nameFor("verdict", Object.keys(scores), names);
      const given = verdict === undefined ? null : scores[verdict];
      const mode = textOf(metadata[nameFor("mode", Object.keys(metadata), names) ?? ""]);
      const isSilent = (given === null || given === undefined) && mode === null && remark === null;
      if (isSilent && metadata["cannot_tell"] !== true) return [];
      const origin = textOf(row["root_span_id"]) ?? textOf(row["id"]) ?? "";
      return [{
        session_id: sessionOf(sessions.get(origin) ?? row["root_span_id"] ?? row["id"], path, i),
        rater: raterOf(row),
        verdict: verdictOf(given, path, i, `scores.${verdict ?? ""}`),
        mode,
        comment: remark,
        at: timeOf(row["created"]),
        sampling_probability: chanceOf(metadata["sampling_probability"], path, i),
        stratum: textOf(metadata["stratum"]),
      }];
    });
  },
  write: (labels) =>
    labels.map((label, i) =>
      `${
        JSON.stringify({
          id: `review-${i + 1}`,
          root_span_id: label.session_id,
          created: label.at,
          span_attributes: { name: "review", type: "review" },
          scores: label.verdict === null ? {} : { verdict: label.verdict },
          metadata: {
            session_id: label.session_id,
            reviewer: label.rater,
            ...(label.mode === null ? {} : { mode: label.mode }),
            ...(label.comment === null ? {} : { comment: label.comment }),
            ...(label.verdict === null ? { cannot_tell: true } : {}),
            ...(label.sampling_probability === null ? {} : { sampling_probability: label.sampling_probability }),
            ...(label.stratum === null ? {} : { stratum: label.stratum }),
          },
        })
      }\n`
    ).join(""),
};

function isReview(row: Record<string, unknown>): boolean {
  return recordOf(row["span_attributes"])["type"] === "review";
}

/** Who reviewed: as the row says, or as the record of its changes does. */
function raterOf(row: Record<string, unknown>): string {
  const metadata = recordOf(row["metadata"]);
  const changes = listOf(row["audit_data"]).map(recordOf).map((change) => recordOf(change["metadata"]));
  const named = [metadata, recordOf(row["created_by"]), ...changes.toReversed()];
  for (const record of named) {
    const name = textOf(record[nameFor("rater", Object.keys(record)) ?? "email"]) ?? textOf(record["email"]);
    if (name !== null) return name;
  }
  return "unnamed";
}
