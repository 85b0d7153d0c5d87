import { toolErrorSignal } from "../../analysis/failure/tool_error_signal.ts";
import { drawToolErrors } from "../../figures/failure/tool_errors.ts";
import { question } from "../question.ts";

/** Tool errors of failed beside those of successful sessions. */
export const toolErrors = question({
  name: "tool-errors",
  title: "Do tool errors tell failures from successes?",
  chapter: "failure",
  needs: ["sessions"],
  nothing: "no scored session has a known count of tool errors",
  ask: (dataset) => {
    const signal = toolErrorSignal(dataset);
    return signal.boxes.length ? signal : null;
  },
  draw: (signal, context) => [drawToolErrors(signal, context)],
});
