import { FEWEST_PAIRED_TASKS, pairedConfigs as pairedOf } from "../../analysis/success/paired.ts";
import { drawPairedConfigs } from "../../figures/success/paired_configs.ts";
import { question } from "../question.ts";

/** Configs two by two on the tasks that both tried. */
export const pairedConfigs = question({
  name: "paired-configs",
  title: "Which configs differ on the tasks that both tried?",
  chapter: "success",
  needs: ["sessions"],
  nothing: `no two configs have scored sessions on ${FEWEST_PAIRED_TASKS} of the same tasks`,
  ask: ({ sessions }) => {
    const rows = pairedOf(sessions ?? []);
    return rows.length ? rows : null;
  },
  draw: (rows, context) => [drawPairedConfigs(rows, context)],
});
