import { deepEqual, equal, match, throws } from "node:assert/strict";
import fc from "fast-check";
import { type Label, latestLabels } from "../../../lib/model/mod.ts";
import { LABEL_FORMATS, mergeLabels, parseLabels } from "../../../lib/sources/mod.ts";

const word = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }).filter((text) => text.trim() === text);

/** One label a person and session, in any order. */
const labels: fc.Arbitrary<Label[]> = fc.uniqueArray(
  fc.record({
    session_id: word,
    rater: word,
    verdict: fc.constantFrom(0 as const, 1 as const, null),
    mode: fc.option(word),
    comment: fc.option(word),
    at: fc.date({ min: new Date("2015-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }).map((date) =>
      date.toISOString()
    ),
    sampling_probability: fc.constant(0.25),
    stratum: fc.constant("a · b"),
  }),
  { selector: ({ session_id, rater }) => JSON.stringify([session_id, rater]), maxLength: 8 },
);

const sorted = (some: readonly Label[]) =>
  some.toSorted((a, b) => JSON.stringify([a.session_id, a.rater]) < JSON.stringify([b.session_id, b.rater]) ? -1 : 1);

for (const format of LABEL_FORMATS) {
  Deno.test(`labels are the same after ${format.id} and back, whatever people write`, () => {
    fc.assert(fc.property(labels, (some) => {
      const text = format.write(some);
      const back = parseLabels(text, "labels.txt", { format: format.id }).labels;
      deepEqual(sorted(back), sorted(some));
    }));
  });
}

const OF_EACH: Label[] = [
  {
    session_id: "s-1",
    rater: "ada@example.org",
    verdict: 1,
    mode: null,
    comment: '=1+1, "quoted"\nsecond line',
    at: "2026-02-01T10:00:00.000Z",
    sampling_probability: null,
    stratum: null,
  },
  {
    session_id: "s-2",
    rater: "ben",
    verdict: null,
    mode: "truncated",
    comment: null,
    at: "2026-02-01T11:00:00.000Z",
    sampling_probability: null,
    stratum: null,
  },
];

Deno.test("the format of labels is told by what is in the file", () => {
  for (const { id, write } of LABEL_FORMATS) {
    const found = parseLabels(write(OF_EACH), id === "csv" ? "labels.csv" : "labels.json");
    equal(found.format, id);
    deepEqual(sorted(found.labels), OF_EACH);
  }
});

Deno.test("Label Studio's exports are read: tasks with annotations, skipped ones not, and JSON-MIN", () => {
  const task = {
    id: 7,
    data: { session_id: "s-9", text: "…" },
    annotations: [
      {
        id: 31,
        completed_by: { id: 4, email: "cy@example.org" },
        was_cancelled: false,
        created_at: "2026-03-01T08:00:00.000001Z",
        updated_at: "2026-03-01T08:05:00.000001Z",
        result: [
          { id: "a", from_name: "Solved", to_name: "t", type: "choices", value: { choices: ["No"] } },
          { id: "b", from_name: "notes", to_name: "t", type: "textarea", value: { text: ["gave up", "early"] } },
        ],
      },
      { id: 32, completed_by: 5, was_cancelled: true, result: [] },
    ],
    predictions: [],
  };
  const [label, ...others] = parseLabels(JSON.stringify([task]), "export.json").labels;
  deepEqual(others, []);
  deepEqual([label!.session_id, label!.rater, label!.verdict, label!.comment, label!.at], [
    "s-9",
    "cy@example.org",
    0,
    "gave up\nearly",
    "2026-03-01T08:05:00.000Z",
  ]);
  const min = {
    id: 7,
    session_id: "s-9",
    verdict: "solved",
    mode: { choices: ["loop"] },
    annotator: 4,
    annotation_id: 31,
  };
  const [small] = parseLabels(JSON.stringify([min]), "min.json").labels;
  deepEqual([small!.rater, small!.verdict, small!.mode], ["4", 1, "loop"]);
});

Deno.test("Argilla's records are read in both versions; drafts and discarded answers are none", () => {
  const second = {
    id: "s-3",
    fields: { chat: "…" },
    metadata: {},
    responses: { label: [{ value: "unsuccessful", user_id: "u1" }, { value: "successful", user_id: "u2" }] },
  };
  const first = {
    external_id: "s-4",
    responses: [
      { user_id: "u1", status: "submitted", values: { success: { value: true } }, updated_at: "2026-03-01T00:00:00" },
      { user_id: "u2", status: "draft", values: { success: { value: false } } },
    ],
  };
  const found = parseLabels(`${JSON.stringify(second)}\n${JSON.stringify(first)}\n`, "records.jsonl", {
    names: { verdict: undefined },
  });
  equal(found.format, "argilla");
  deepEqual(found.labels.map(({ session_id, rater, verdict }) => [session_id, rater, verdict]), [
    ["s-3", "u1", 0],
    ["s-3", "u2", 1],
    ["s-4", "u1", 1],
  ]);
});

Deno.test("Braintrust's human review is read: reviewers' spans before their mean, comments, who it was", () => {
  const root = {
    id: "r1",
    span_id: "r1",
    root_span_id: "r1",
    scores: { correct: 0.5 },
    metadata: { session_id: "s-5" },
    comments: [],
  };
  const review = (id: string, email: string, correct: number) => ({
    id,
    root_span_id: "r1",
    span_attributes: { type: "review" },
    scores: { correct },
    created: "2026-03-02T00:00:00Z",
    audit_data: [{ source: "app", metadata: { email } }],
  });
  const alone = {
    id: "r2",
    root_span_id: "r2",
    scores: { correct: 1 },
    metadata: { session_id: "s-6" },
    comments: [{ comment: { text: "right by luck" } }],
    audit_data: [{ metadata: { email: "cy@example.org" } }],
  };
  const rows = [root, review("v1", "ada@example.org", 1), review("v2", "ben@example.org", 0), alone];
  const { labels, format } = parseLabels(JSON.stringify({ events: rows }), "rows.json");
  equal(format, "braintrust");
  deepEqual(labels.map(({ session_id, rater, verdict, comment }) => [session_id, rater, verdict, comment]), [
    ["s-5", "ada@example.org", 1, null],
    ["s-5", "ben@example.org", 0, null],
    ["s-6", "cy@example.org", 1, "right by luck"],
  ]);
  throws(() => parseLabels(JSON.stringify([root]), "rows.json"), /rows\.json.*scores\.correct.*0\.5/);
});

Deno.test("a spreadsheet's columns are told by their names, or named; what is no verdict is an error with its row", () => {
  const csv = "Session ID;Annotator;Did it work;Notes\ns-7;cy;yes;fine\ns-8;cy;?;\n";
  const { labels } = parseLabels(csv, "sheet.csv", { names: { verdict: "Did it work" } });
  deepEqual(labels.map(({ session_id, rater, verdict, comment }) => [session_id, rater, verdict, comment]), [
    ["s-7", "cy", 1, "fine"],
    ["s-8", "cy", null, null],
  ]);
  throws(() => parseLabels("session_id,verdict\ns,perhaps\n", "x.csv"), /x\.csv, row 0, field "verdict".*perhaps/);
  throws(() => parseLabels("session_id,verdict\n,1\n", "x.csv"), /x\.csv, row 0, field "session_id".*--session/);
  throws(() => parseLabels('[{"a":1}]', "x.json"), /no labels of label-studio, argilla/);
  throws(() => parseLabels("", "x.csv", { format: "excel" }), /expected one of label-studio/);
});

Deno.test("files of several people are one list in time, twice the same is once, the last word counts", () => {
  const later = { ...OF_EACH[0]!, verdict: 0 as const, at: "2026-02-02T00:00:00.000Z" };
  const merged = mergeLabels([[OF_EACH[1]!, later], OF_EACH]);
  deepEqual(merged, [OF_EACH[0], OF_EACH[1], later]);
  deepEqual(latestLabels(merged).map(({ verdict }) => verdict), [0, null]);
  match(merged[0]!.at, /Z$/);
});

Deno.test("a record that is no label is set aside by name, and the others are read", () => {
  const csv = parseLabels("session_id,rater,verdict\ns1,ada,1\ns2,ada,perhaps\ns3,ada,0\n", "x.csv");
  deepEqual(csv.labels.map(({ session_id, verdict }) => [session_id, verdict]), [["s1", 1], ["s3", 0]]);
  match(csv.aside[0]!.message, /x\.csv, row 1, field "verdict".*perhaps/);
  // The mean of two reviewers of one row is a verdict of neither.
  const rows = [1, 0.5].map((correct, i) => ({ id: `r${i}`, root_span_id: `r${i}`, scores: { correct } }));
  const review = parseLabels(JSON.stringify(rows), "rows.json");
  deepEqual([review.labels.length, review.aside.length], [1, 1]);
  match(review.aside[0]!.message, /rows\.json.*scores\.correct.*0\.5/);
});

Deno.test("a line of labels that is no JSON is set aside, NaN is no chance, and ids keep all their digits", () => {
  const lines = [
    '{"session_id":9007199254740993,"rater":"ada","verdict":"solved","sampling_probability":NaN}',
    "{",
    '{"session_id":9007199254740992,"rater":"ada","verdict":false,"sampling_probability":"0.5"}',
    String.raw`{"session_id":"s\ud800","rater":"ada","verdict":1.0,"mode":""}`,
    '{"session_id":"t","rater":"ada","verdict":1,"sampling_probability":2}',
  ];
  const { labels, aside } = parseLabels(lines.join("\n"), "x.jsonl");
  deepEqual(labels.map((one) => [one.session_id, one.verdict, one.mode, one.sampling_probability]), [
    ["9007199254740993", 1, null, null],
    ["9007199254740992", 0, null, 0.5],
    ["s\ufffd", 1, null, null],
  ]);
  deepEqual(aside.map(({ row }) => row), [1, 4]);
});

Deno.test("a row of a sheet of labels that is too short is set aside, and the others keep their places", () => {
  const { labels, aside } = parseLabels("session_id,verdict\na,1\nb\nc,perhaps\nd,0\n", "x.csv");
  deepEqual(labels.map(({ session_id }) => session_id), ["a", "d"]);
  deepEqual(aside.map(({ row }) => row), [1, 2]);
});

Deno.test("the later of two words counts in whatever form its time is written, and a time that is none is before all", () => {
  const times = ["2026-09-01 00:05:00+02", "1788213901", "2026-08-31T22:05:02Z", "2026-02-30", "0001-01-01T00:00:00Z"];
  const rows = times.map((at, i) => ({ session_id: "s", rater: "ada", verdict: i % 2, at }));
  const { labels } = parseLabels(rows.map((row) => JSON.stringify(row)).join("\n"), "x.jsonl");
  deepEqual(labels.map(({ at }) => at), [
    "2026-08-31T22:05:00.000Z",
    "2026-08-31T22:05:01.000Z",
    "2026-08-31T22:05:02.000Z",
    "1970-01-01T00:00:00.000Z",
    "1970-01-01T00:00:00.000Z",
  ]);
  equal(latestLabels(labels)[0]!.at, "2026-08-31T22:05:02.000Z");
});
