import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { readGrades } from "../../tasks/judge/grades.ts";
import { needs } from "../support/needs.ts";

async function graded(name: string, text: string) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    const { grades, people, notes } = await readGrades(`${folder}/${name}`);
    return { grades: Object.fromEntries(grades), people: people?.raters ?? null, notes };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

needs(
  ["read", "write"],
  "a row of grades that is short, names no session or is between solved and not loses no other",
  async () => {
    const rows = "Session_ID,Reward\na,1\nb\n,1\nc,0.5\nd,\ne,false\nf,NaN\n";
    const { grades, people, notes } = await graded("g.csv", `\ufeff${rows}`);
    deepEqual([grades, people], [{ a: 1, c: null, e: 0 }, null]);
    match(notes[0]!, /^2 rows set aside, such as: .*g\.csv, row 1: expected 2 fields/);
    match(notes[1]!, /^1 of Reward neither solved nor not/);
    await rejects(() => graded("g.csv", "session_id,reward\na,1\na,0\n"), /session a has two grades, 1 and 0/);
  },
);

needs(
  ["read", "write"],
  "grades stand in a sheet with tabs, a table of sessions, and labels of any format",
  async () => {
    deepEqual((await graded("g.tsv", "session_id\tsuccess\na\tpass\nb\tfailed\n")).grades, { a: 1, b: 0 });
    const table = "session_id,calls,official_success\na,1,yes\nb,2,\nc,3,0\n".split("\n").slice(1, -1).map((row) => {
      const [session_id, calls, official_success] = row.split(",");
      return JSON.stringify({ session_id, calls: Number(calls), official_success });
    });
    deepEqual((await graded("t.jsonl", table.join("\n"))).grades, { a: 1, c: 0 });
    const csv = await graded("l.csv", "session_id,rater,verdict\na,ada,solved\na,ben,not solved\nb,ada,1\n");
    deepEqual([csv.grades, csv.people], [{ a: null, b: 1 }, ["ada", "ben"]]);
  },
);

needs(["read", "write"], "a line of labels that is none does not end them", async () => {
  const label = (id: string) => JSON.stringify({ session_id: id, rater: "ada", verdict: 1 });
  const { grades, notes } = await graded("labels.jsonl", [label("a"), "{", label("b")].join("\n"));
  deepEqual(grades, { a: 1, b: 1 });
  equal(notes.length, 1);
  match(notes[0]!, /^1 set aside, such as: .*row 1: not JSON/);
});
