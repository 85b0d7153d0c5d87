import { isObject, type Json } from "../dialects/json.ts";
import { bareAddress, listIn, type Service, withQuery } from "./service.ts";

/** Runs of a page, as many as the service gives. */
const RUNS = 100;

/** What is asked of a run. Prices of parts and pointers to the service's own pages are not. */
const SELECT = [
  "id",
  "trace_id",
  "parent_run_id",
  "name",
  "run_type",
  "start_time",
  "end_time",
  "status",
  "error",
  "inputs",
  "outputs",
  "extra",
  "events",
  "tags",
  "feedback_stats",
  "prompt_tokens",
  "completion_tokens",
  "total_tokens",
  "total_cost",
  "session_id",
  "reference_example_id",
  "dotted_order",
];

/**
 * LangSmith: the runs of a project.
 *
 * Source: LangSmith's API reference (`/sessions`, `/runs/query`), as its SDKs use it.
 */
export const LANGSMITH: Service = {
  id: "langsmith",
  title: "LangSmith",
  variables: ["LANGSMITH_API_KEY", "LANGSMITH_ENDPOINT", "LANGSMITH_WORKSPACE_ID"],
  endpoint: (env) =>
    bareAddress(env("LANGSMITH_ENDPOINT") || env("LANGCHAIN_ENDPOINT") || "https://api.smith.langchain.com"),
  headers: (env) => {
    const [key, workspace] = [env("LANGSMITH_API_KEY") || env("LANGCHAIN_API_KEY"), env("LANGSMITH_WORKSPACE_ID")];
    if (!key) throw new Error("LANGSMITH_API_KEY is needed");
    return { "x-api-key": key, ...(workspace ? { "x-tenant-id": workspace } : {}) };
  },
  projectOf: async (project, ask) => {
    const answer = await ask({ path: withQuery("/sessions", { name: project, limit: 1 }) });
    const found = (Array.isArray(answer) ? answer : []).filter(isObject).find(({ name }) => name === project);
    if (typeof found?.["id"] === "string") return found["id"];
    throw new Error(`there is no project "${project}" that this key may read`);
  },
  kinds: [{
    name: "runs",
    first: ({ project, from, to }) => {
      const after = from === null ? [] : [`gte(start_time, "${from}")`];
      const filter = [...after, `lt(start_time, "${to}")`];
      return [{
        path: "/runs/query",
        body: {
          session: [project],
          select: SELECT,
          limit: RUNS,
          filter: filter.length === 1 ? filter[0]! : `and(${filter.join(", ")})`,
        },
      }];
    },
    page: (answer, { path, body }) => {
      const rows = listIn(answer, "runs");
      const next = ((answer as Json)["cursors"] as Json | null | undefined)?.["next"];
      return { rows, next: typeof next === "string" && next ? { path, body: { ...body, cursor: next } } : null };
    },
  }],
};
