import { isObject, type Json } from "../dialects/json.ts";
import {
  type Asked,
  bareAddress,
  listIn,
  type Page,
  type PageRequest,
  queried,
  type Service,
  withQuery,
} from "./service.ts";

/** Rows of a page: texts are long, and the service asks for small pages where they are. */
const OBSERVATIONS = 100;
const ROWS = 100;
const FIELDS = "core,basic,time,io,metadata,model,usage,metrics,trace_context";

/**
 * Langfuse: observations (of its second API where it has that, else of its first), traces where it lists them, scores.
 *
 * Source: Langfuse's API reference; self-hosted and cloud alike.
 */
export const LANGFUSE: Service = {
  id: "langfuse",
  title: "Langfuse",
  variables: ["LANGFUSE_PUBLIC_KEY", "LANGFUSE_SECRET_KEY", "LANGFUSE_BASE_URL"],
  endpoint: (env) => bareAddress(env("LANGFUSE_BASE_URL") || env("LANGFUSE_HOST") || "https://cloud.langfuse.com"),
  headers: (env) => {
    const [user, secret] = [env("LANGFUSE_PUBLIC_KEY"), env("LANGFUSE_SECRET_KEY")];
    if (!user || !secret) {
      throw new Error("LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY are needed, the keys of the project");
    }
    return { authorization: `Basic ${btoa(`${user}:${secret}`)}` };
  },
  // The keys are of one project: the name only has to be the one that was meant.
  projectOf: async (project, ask) => {
    const found = listIn(await ask({ path: "/api/public/projects" }), "data").filter(isObject);
    const mine = found.find(({ id, name }) => project === id || project === name);
    if (mine) return project;
    throw new Error(
      `the keys are of ${found.map(({ name }) => `"${name}"`).join(", ") || "no project"}, not of "${project}"`,
    );
  },
  kinds: [
    {
      name: "observations",
      first: ({ from, to }) => {
        const query = { limit: OBSERVATIONS, fromStartTime: from, toStartTime: to };
        return [
          { path: withQuery("/api/public/v2/observations", { fields: FIELDS, ...query }) },
          { path: withQuery("/api/public/observations", { page: 1, ...query }) },
        ];
      },
      page: pageOf,
    },
    {
      name: "traces",
      optional: true,
      first: (asked) => [{
        path: withQuery("/api/public/traces", { page: 1, limit: ROWS, orderBy: "timestamp.asc", ...times(asked) }),
      }],
      page: pageOf,
    },
    {
      name: "scores",
      optional: true,
      first: (
        asked,
      ) => [{ path: withQuery("/api/public/v2/scores", { page: 1, limit: ROWS, ...times({ ...asked, from: null }) }) }],
      page: pageOf,
    },
  ],
};

const times = ({ from, to }: Asked) => ({ fromTimestamp: from, toTimestamp: to });

/** Pages of both kinds: with the cursor of the next one, or with their number and how many there are. */
function pageOf(answer: unknown, request: PageRequest): Page {
  const rows = listIn(answer, "data");
  const { cursor, page, totalPages } = ((answer as Json)["meta"] ?? {}) as Json;
  if (typeof cursor === "string" && cursor) return { rows, next: queried(request, "cursor", cursor) };
  const more = typeof page === "number" && typeof totalPages === "number" && page < totalPages;
  return { rows, next: more ? queried(request, "page", Number(page) + 1) : null };
}
