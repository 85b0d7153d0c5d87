import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import {
  FILTER_COLUMNS,
  filterOfSearch,
  searchOfFilter,
  type SessionFilter,
  viewHref,
} from "../../lib/model/view_href.ts";

Deno.test("a filter is the same after it has been an address", () => {
  const filter: SessionFilter = {
    harness: { in: ["a & b", "c=d", "ü"] },
    success: { in: [0, null] },
    total_tokens: { min: 1000, max: 2e6 },
    judge_reasoning: { has: "100% #1" },
    tokens_estimated: { in: [true] },
    config: { in: ["loop · m"] },
  };
  deepEqual(filterOfSearch(searchOfFilter(filter)), filter);
  const names = [...FILTER_COLUMNS].filter(([, { kind }]) => kind === "name" || kind === "text").map(([name]) => name);
  fc.assert(fc.property(
    fc.constantFrom(...names),
    fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1, maxLength: 4 }),
    (column, values) => {
      const filter = { [column]: { in: values } };
      deepEqual(filterOfSearch(new URLSearchParams(searchOfFilter(filter).toString())), filter);
    },
  ));
});

Deno.test("the address of a filter and of a session are as documented", () => {
  equal(
    viewHref({ harness: { in: ["X"] }, benchmark: { in: ["Y"] }, success: { in: [0] } }),
    "/#/?harness=X&benchmark=Y&verdict=0",
  );
  equal(viewHref({}), "/#/");
  equal(viewHref("a/b ?#"), "/#/session/a%2Fb%20%3F%23");
  equal(viewHref("s", 7), "/#/session/s?call=7");
});

Deno.test("what is no column, or no value of its kind, is left out of a filter", () => {
  const text =
    "nowhere=1&total_tokens.min=many&total_tokens.max=5&verdict=maybe&verdict=1&tokens_estimated=no&__proto__=x&sort=x";
  deepEqual(filterOfSearch(new URLSearchParams(text)), { total_tokens: { max: 5 }, success: { in: [1] } });
});
