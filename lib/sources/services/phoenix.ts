import { isObject, type Json } from "../dialects/json.ts";
import { type Asked, bareAddress, listIn, type PageRequest, queried, type Service, withQuery } from "./service.ts";

const SPANS = 100;
/** Annotations of a page of spans at most. */
const ANNOTATIONS = 10_000;

/**
 * Phoenix: the spans of a project, each with the annotations that people, models and programs made on it.
 *
 * Source: Phoenix' REST API (`/v1/projects/{project}/spans`, `/span_annotations`).
 */
export const PHOENIX: Service = {
  id: "phoenix",
  title: "Phoenix",
  variables: ["PHOENIX_COLLECTOR_ENDPOINT", "PHOENIX_API_KEY"],
  endpoint: (env) =>
    bareAddress(env("PHOENIX_COLLECTOR_ENDPOINT") || env("PHOENIX_HOST") || "http://localhost:6006")
      .replace(/\/v1\/traces$/, ""),
  headers: (env) => {
    const key = env("PHOENIX_API_KEY");
    return key ? { authorization: `Bearer ${key}` } : {};
  },
  kinds: [{
    name: "spans",
    first: ({ project, from, to }) => [{
      path: withQuery(`${placeOf(project)}/spans`, { limit: SPANS, start_time: from, end_time: to }),
    }],
    page: (answer, request) => {
      const next = (answer as Json | null)?.["next_cursor"];
      const rows = listIn(answer, "data");
      return { rows, next: typeof next === "string" && next ? queried(request, "cursor", next) : null };
    },
    more: annotations,
  }],
};

const placeOf = (project: string) => `/v1/projects/${encodeURIComponent(project)}`;

function annotations(rows: unknown[], { project }: Asked): PageRequest {
  const ids = rows.filter(isObject).map((span) => String((span["context"] as Json | undefined)?.["span_id"] ?? ""));
  const query = new URLSearchParams([...ids.map((id) => ["span_ids", id]), ["limit", String(ANNOTATIONS)]]);
  return { path: `${placeOf(project)}/span_annotations?${query}` };
}
