/**
 * The workbench: sessions in a table beside charts, each as people read it, labels by keyboard, and what they move. A server
 * on loopback and a page.
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
