import { z } from "zod";
import { FILTER_COLUMNS, type SessionFilter } from "./view_href.ts";

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Checks a {@link SessionFilter}: an unknown column is named. */
export const sessionFilterSchema: z.ZodType<SessionFilter> = z.record(
  z.string().refine((name) => FILTER_COLUMNS.has(name), "there is no such column"),
  z.strictObject({
    in: z.array(value).max(1000).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    has: z.string().max(1000).optional(),
  }),
);
