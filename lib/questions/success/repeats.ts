import { repeats as repeatsOf } from "../../analysis/success/paired.ts";
import { drawRepeats } from "../../figures/success/repeats.ts";
import { question } from "../question.ts";

/** What trying a task again is worth. */
export const repeats = question({
  name: "repeats",
  title: "Does a task end the same way when it is tried again?",
  chapter: "success",
  needs: ["sessions"],
  nothing: "no task was tried twice by one config",
  ask: ({ sessions }) => {
    const rows = repeatsOf(sessions ?? []);
    return rows.length ? rows : null;
  },
  draw: (rows, context) => [drawRepeats(rows, context)],
});
