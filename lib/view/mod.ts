/**
 * The workbench: sessions in a table beside charts, each as people read it, labels by keyboard, and what they move. A server
 * on loopback and a page.
 *
 * Everything that is looked at stands in the address behind `#` (`viewHref`): `#/?harness=X&benchmark=Y&model=Z&verdict=0` is
 * the table under a filter, its keys the columns of sessions; `#/session/ID?call=7` is a session at a call;
 * `#/compare/ID/ID` two side by side; `#/moves` what labels move. `sort=-total_tokens` may be added to each.
 *
 * @module
 */
export { bundlePage } from "./bundle.ts";
export { type FirstDifference, firstDifference } from "./compare.ts";
export { compareConfigs, type ConfigCount, type ConfigsCompared, type TaskPair } from "./compare_configs.ts";
export {
  type CallFacts,
  type Piece,
  type PieceKind,
  type ReadingOptions,
  type ViewConversation,
  viewConversation,
} from "./conversation.ts";
export { type Guard, guardOf, SAFE_HEADERS } from "./guard.ts";
export { type Picture, picturesIn } from "./images.ts";
export { type LabelBook, openLabels } from "./labels.ts";
export type { Looked, ViewFile, ViewOptions } from "./options.ts";
export { serveView, type View } from "./server.ts";
export { type Conversations, spoolConversations } from "./spool.ts";
export { type JudgeSaw, type Unseen, unseenOf } from "./unseen.ts";
