import { taskItems as itemsOf } from "../../analysis/success/paired.ts";
import { drawTaskItems } from "../../figures/success/task_items.ts";
import { question } from "../question.ts";

/** Tasks as instruments: hard, telling, or measuring nothing. */
export const taskItems = question({
  name: "task-items",
  title: "Which tasks tell configs apart, and which measure nothing?",
  chapter: "success",
  needs: ["sessions"],
  nothing: "no benchmark has tasks that three configs tried and some solved",
  ask: ({ sessions }) => {
    const rows = itemsOf(sessions ?? []);
    return rows.length ? rows : null;
  },
  draw: (rows, context) => [drawTaskItems(rows, context)],
});
