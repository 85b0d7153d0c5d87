/** Made-up failure texts with known groups. @module */
import type { TopicText } from "../../../lib/analysis/topics/types.ts";
import { type Random, randomIndex, seededRandom } from "../../../lib/stats/mod.ts";

const GROUPS = [
  { benchmark: "kitchen", harness: "spoon", words: "oven cake flour burnt dough timer butter pastry" },
  { benchmark: "garden", harness: "rake", words: "tomato watering hose wilted seedling compost pruning soil" },
  { benchmark: "workshop", harness: "rake", words: "drill timber sanding varnish clamp splinter bench joint" },
];
const FILLER = "failed incomplete unverified missing wrong attempted never finished partly unclear".split(" ");

/** `each` texts of three groups, and `stray` ones of words that occur nowhere else; in mixed order. */
export function groupedTexts(each: number, stray: number, seed = 1): { texts: TopicText[]; truth: number[] } {
  const random = seededRandom(seed);
  const items = [
    ...GROUPS.flatMap((group, g) => Array.from({ length: each }, () => ({ group, truth: g }))),
    ...Array.from({ length: stray }, () => ({ group: null, truth: -1 })),
  ].map((item) => ({ item, at: random() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
  const texts = items.map(({ group }, i): TopicText => ({
    sessionId: `r_${i}`,
    benchmark: group?.benchmark ?? GROUPS[i % 3]!.benchmark,
    harness: group?.harness ?? "spoon",
    text: group
      ? `The ${some(random, group.words.split(" "), 5)} was ${some(random, FILLER, 2)}.`
      : `Something ${some(random, FILLER, 1)} with ${letters(i)} and ${letters(i + 1000)}.`,
  }));
  return { texts, truth: items.map(({ truth }) => truth) };
}

/** A word of letters that no other number gives. */
function letters(n: number): string {
  return "q" + [...String(n)].map((digit) => "bcdfghjklm"[Number(digit)]).join("x");
}

function some(random: Random, words: readonly string[], n: number): string {
  const left = [...words];
  return Array.from({ length: n }, () => left.splice(randomIndex(random, left.length), 1)[0]).join(" ");
}
