import { claimsTable, drawClaims } from "../../figures/mod.ts";
import { type Chapter, question, type QuestionContext } from "../../questions/mod.ts";
import { claimWords } from "../figures/claim_words.ts";
import { fullResults } from "../results.ts";

/** Where on a page of chapters the rows behind a claim are, by the notebook that it links to. */
const CHAPTER_OF: Readonly<Record<string, Chapter>> = {
  "01": "counts",
  "02": "judged",
  "03": "success",
  "04": "explain",
  "05": "cost",
  "06": "failure",
  "07": "truth",
  "08": "claims",
};

/** The published claims, decided. */
export const publishedClaimsHold = question({
  name: "published-claims",
  title: "Which published claims hold?",
  chapter: "claims",
  needs: ["distributions"],
  nothing: "these are not the rows that the claims were made of",
  ask: async (dataset, { prices }) => (await fullResults(dataset, { prices })).study?.claims ?? null,
  draw: (rows, context) => [
    drawClaims(rows, { ...context, ...claimWords }),
    claimsTable(rows, { ...context, ...claimWords, ...linksOf(context) }),
  ],
});

function linksOf({ chapterHref }: QuestionContext): { href?: (link: string) => string } {
  return chapterHref ? { href: (link) => chapterHref(CHAPTER_OF[link.slice(0, 2)] ?? "claims") } : {};
}
