import { useEffect, useState } from "preact/hooks";
import type { SessionFilter } from "../../model/mod.ts";

/** Where the reader is: everything that is looked at stands in the address. */
export interface Place {
  view: "sessions" | "session" | "compare" | "moves";
  filter: SessionFilter;
  /** A column, with `-` before it for the largest first. */
  sort: string;
  id: string;
  other: string;
}

/** Reads an address; what is no filter is none. */
export function placeOf(search: string): Place {
  const given = new URLSearchParams(search);
  const view = given.get("view");
  let filter: SessionFilter = {};
  try {
    filter = JSON.parse(given.get("filter") ?? "{}");
  } catch {
    // An address that somebody has cut short still opens.
  }
  return {
    view: view === "session" || view === "compare" || view === "moves" ? view : "sessions",
    filter,
    sort: given.get("sort") ?? "",
    id: given.get("id") ?? "",
    other: given.get("other") ?? "",
  };
}

/** The address of a place. */
export function addressOf({ view, filter, sort, id, other }: Place): string {
  const search = new URLSearchParams();
  if (view !== "sessions") search.set("view", view);
  if (Object.keys(filter).length) search.set("filter", JSON.stringify(filter));
  if (sort) search.set("sort", sort);
  if (id && view !== "sessions") search.set("id", id);
  if (other && view === "compare") search.set("other", other);
  const text = search.toString();
  return text ? `/?${text}` : "/";
}

/** The place of the address, and a way to go to another; what is not said stays. */
export function usePlace(): [Place, (to: Partial<Place>, replace?: boolean) => void] {
  const [place, setPlace] = useState(() => placeOf(location.search));
  useEffect(() => {
    const onPop = () => setPlace(placeOf(location.search));
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, []);
  const go = (to: Partial<Place>, replace = false) => {
    setPlace((from) => {
      const there = { ...from, ...to };
      if (replace) history.replaceState(null, "", addressOf(there));
      else history.pushState(null, "", addressOf(there));
      return there;
    });
  };
  return [place, go];
}
