/**
 * The report: every question of a dataset asked, what matters said first, as a page, as Markdown or as data.
 *
 * @module
 */
export { type Conversation, type ReportConversation } from "./conversations.ts";
export { reportJson } from "./json.ts";
export { reportMarkdown } from "./markdown.ts";
export { type Step, VIEW_PORT } from "./next.ts";
export { type PageOptions, reportHtml } from "./page.ts";
export { type Report, report, type ReportOptions } from "./report.ts";
