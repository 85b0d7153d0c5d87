import { useEffect, useState } from "preact/hooks";
import { filterOfSearch, searchOfFilter, type SessionFilter } from "../../model/view_href.ts";

/** What can be looked at. */
const VIEWS = ["sessions", "session", "compare", "configs", "moves"] as const;

/** One of {@link VIEWS}. */
export type View = typeof VIEWS[number];

/** Where the reader is: everything that is looked at stands in the address. */
export interface Place {
  view: View;
  filter: SessionFilter;
  /** A column, with `-` before it for the largest first. */
  sort: string;
  id: string;
  other: string;
  /** The call of a session that is gone to, from 1; 0 for none. */
  call: number;
}

/** Reads what stands behind `#` in an address; what is no filter is none, what is no view is the table. */
export function placeOf(hash: string): Place {
  const [path = "", search = ""] = split(hash.replace(/^#/, ""), "?");
  const given = new URLSearchParams(search);
  const [, view, id = "", other = ""] = path.split("/").map(decoded);
  return {
    view: VIEWS.find((one) => one === view) ?? "sessions",
    filter: filterOfSearch(given),
    sort: given.get("sort") ?? "",
    id,
    other,
    call: Number(/^\d{1,9}$/.exec(given.get("call") ?? "")?.[0] ?? 0),
  };
}

/** The address of a place. */
export function addressOf({ view, filter, sort, id, other, call }: Place): string {
  const search = searchOfFilter(filter);
  if (sort) search.set("sort", sort);
  if (call && view === "session") search.set("call", String(call));
  const parts = {
    sessions: [],
    session: [view, id],
    compare: [view, id, other],
    configs: [view, id, other],
    moves: [view],
  };
  const text = search.toString();
  return `#/${parts[view].map((part) => encodeURIComponent(part.toWellFormed())).join("/")}${text ? `?${text}` : ""}`;
}

function split(text: string, at: string): [string, string] {
  const i = text.indexOf(at);
  return i < 0 ? [text, ""] : [text.slice(0, i), text.slice(i + 1)];
}

/** An address that somebody has cut short still opens. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The place of the address, and a way to go to another; what is not said stays. */
export function usePlace(): [Place, (to: Partial<Place>, replace?: boolean) => void] {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const onPop = () => setPlace(placeOf(location.hash));
    addEventListener("popstate", onPop);
    return () => removeEventListener("popstate", onPop);
  }, []);
  const go = (to: Partial<Place>, replace = false) => {
    setPlace((from) => {
      const there = { ...from, call: 0, ...to };
      if (replace) history.replaceState(null, "", addressOf(there));
      else history.pushState(null, "", addressOf(there));
      return there;
    });
  };
  return [place, go];
}
