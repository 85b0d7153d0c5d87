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
export { type CallFacts, type Piece, type PieceKind, type ViewConversation, viewConversation } from "./conversation.ts";
export { type Guard, guardOf, SAFE_HEADERS } from "./guard.ts";
export { type LabelBook, openLabels } from "./labels.ts";
export { serveView, type View, type ViewOptions } from "./server.ts";
export { type Conversations, spoolConversations } from "./spool.ts";
