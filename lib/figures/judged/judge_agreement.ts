import type { JudgeAgreementRow } from "../../analysis/mod.ts";
import { inkOn, rampColor } from "../kit/color.ts";
import type { Block, Figure, FigureContext } from "../kit/figure.ts";
import { fixed, int, pct, plural } from "../kit/format.ts";
import { emptyBlock, frame, gridBlock } from "../kit/frame.ts";
import { type Naming, naming } from "../kit/names.ts";
import { bodyWidth, isNarrow } from "../kit/narrow.ts";
import { element, textAt } from "../kit/svg.ts";
import { escapeXml, fitName } from "../kit/text.ts";
import { FONT_SIZE, INK } from "../kit/theme.ts";

const GAP = 28;
const COLUMNS = 3;
const CELL = { width: 62, height: 34 };
const LEFT = 84;

/** What {@link drawJudgeAgreement} needs beside its rows. */
export interface JudgeAgreementContext extends FigureContext {
  /** Whose grade verdicts are held against, such as `official grade`; `grade` unless given. */
  grade?: string;
}

/**
 * Verdicts against grades, a two by two table for each benchmark and harness: shares of its graded sessions,
 * with sensitivity, specificity and Cohen's kappa and their 95% intervals below.
 */
export function drawJudgeAgreement(rows: readonly JudgeAgreementRow[], context: JudgeAgreementContext): Figure {
  const names = naming(context), width = bodyWidth(context);
  const { grade = "grade" } = context;
  const columns = isNarrow(width) ? 1 : COLUMNS;
  const graded = rows.filter((row) => row.n > 0);
  const cells = graded.length > 1 ? graded.filter((row) => row.benchmark !== "all") : graded;
  const all = graded.find((row) => row.benchmark === "all") ?? graded[0];
  const undecided = cells.reduce((sum, row) => sum + row.undecided, 0);
  const n = cells.reduce((sum, row) => sum + row.n, 0);
  return frame({
    name: names.figure("judge-agreement"),
    title: all?.agreement
      ? `Verdict and ${grade} agree on ${pct(all.agreement.estimate)} of the sessions that have both`
      : `Verdicts against ${grade}s`,
    subtitle: `Sessions by verdict (rows) and ${grade} (columns). Shading: share of the table.`,
    description: cells.map((row) =>
      `${names.benchmark(row.benchmark)} under ${names.harness(row.harness)}: both solved ${
        int(row.tp)
      }, judged alone ${int(row.fp)}, graded alone ${int(row.fn)}, neither ${int(row.tn)}.`
    ).join(" ") || `No session has both a verdict and ${/^[aeiou]/.test(grade) ? "an" : "a"} ${grade}.`,
    width: context.width,
    body: [
      cells.length
        ? gridBlock(
          cells.map((row) =>
            table(row, (width - GAP * (columns - 1)) / columns, names, grade)
          ),
          columns,
          GAP,
        )
        : emptyBlock(`No session has both a verdict and ${/^[aeiou]/.test(grade) ? "an" : "a"} ${grade}.`, width),
    ],
    caption: [
      `Source: ${context.source}.`,
      `n = ${plural(n, "session")} with both${
        undecided ? `; ${int(undecided)} graded ones the judge did not decide` : ""
      }.`,
      "Intervals: Wilson 95%, kappa large-sample 95%. No cut-off.",
    ],
  });
}

function table(row: JudgeAgreementRow, width: number, names: Naming, grade: string): Block {
  const { tp, fp, fn, tn, n } = row;
  const head = (x: number, y: number, text: string, anchor = "middle") =>
    textAt(x, y, text, { "font-size": FONT_SIZE.small, fill: INK.muted, "text-anchor": anchor });
  const cell = (column: number, line: number, count: number, name: string) => {
    const x = LEFT + column * CELL.width, y = 52 + line * CELL.height;
    const fill = rampColor(n ? count / n : 0);
    return element(
      "g",
      {},
      element("title", {}, escapeXml(`${name}: ${int(count)} of ${int(n)} (${pct(n ? count / n : null, 1)})`)),
      element("rect", { x, y, width: CELL.width - 2, height: CELL.height - 2, rx: 2, fill }),
      textAt(x + CELL.width / 2 - 1, y + 20, int(count), { "text-anchor": "middle", fill: inkOn(fill) }),
    );
  };
  const rate = (name: string, value: JudgeAgreementRow["kappa"], percent: boolean) => {
    if (!value) return `${name} n/a`;
    const text = (x: number) => percent ? pct(x) : fixed(x, 2);
    return `${name} ${text(value.estimate)} (${text(value.lo)} to ${text(value.hi)})`;
  };
  const lines = [
    rate("sensitivity", row.sensitivity, true),
    rate("specificity", row.specificity, true),
    rate("kappa", row.kappa, false),
  ];
  const title = `${names.benchmark(row.benchmark)}, ${names.harness(row.harness)} (n=${int(n)})`;
  return {
    markup: [
      textAt(0, 13, fitName(title, width, FONT_SIZE.body, 600), { "font-weight": 600, fill: INK.text }),
      head(LEFT + CELL.width - 1, 31, grade),
      head(LEFT + CELL.width / 2 - 1, 46, "solved"),
      head(LEFT + CELL.width * 1.5 - 1, 46, "not"),
      head(LEFT - 8, 52 + 20, "judged solved", "end"),
      head(LEFT - 8, 52 + CELL.height + 20, "judged not", "end"),
      cell(0, 0, tp, "judged solved, graded solved"),
      cell(1, 0, fp, "judged solved, graded not"),
      cell(0, 1, fn, "judged not solved, graded solved"),
      cell(1, 1, tn, "judged not solved, graded not"),
      ...lines.map((line, i) =>
        textAt(0, 52 + 2 * CELL.height + 16 + i * 16, line, { "font-size": FONT_SIZE.small, fill: INK.text })
      ),
    ].join(""),
    width,
    height: 52 + 2 * CELL.height + 16 + 2 * 16 + 8,
  };
}
