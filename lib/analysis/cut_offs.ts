/**
 * What captions of figures say of how something was counted: from how many sessions on, and which intervals are short. Each
 * stands beside its function.
 *
 * @module
 */
export { MIN_COST_CELL_N } from "./cost/cost.ts";
export { MIN_COST_CONFIG_N } from "./cost/cost_intervals.ts";
export { MIN_FRONTIER_N } from "./cost/frontier.ts";
export { MIN_PER_TERM } from "./explain/levels_of.ts";
export { MIN_BOX_FAILURES } from "./failure/boxes.ts";
export { MIN_TERM_FAILURES } from "./failure/judge_terms.ts";
export { MIN_CARD_N, MIN_PANEL_N } from "./success/harness_panels.ts";
export { MIN_CELL_N, MIN_CONFIG_N } from "./success/reliability.ts";
export { MIN_WINNER_N } from "./success/winners.ts";
export { MIN_JUDGED } from "./truth/official.ts";
export { shortOf } from "../stats/intervals/held.ts";
