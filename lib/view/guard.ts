/** Headers of every answer: nothing from elsewhere is loaded, no script but the page's own file runs, nobody may frame it. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
    "font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

const COOKIE = "atl_view";

/** Lets in who has the token, and nobody whose request was made for another host or by another site. */
export interface Guard {
  /** The answer that turns a request away, or sets the cookie; null where it may go on. */
  check(request: Request): Response | null;
}

/**
 * A guard by a random token. The address that is opened has it once; from there on a cookie does, so that it stands in no
 * history and no link. `Host` must be one of the loopback names at this port (a name that somebody else resolves to
 * 127.0.0.1 is none of them), and what writes must come from the page itself. A link on a page elsewhere, such as a report that
 * was saved, may lead here.
 */
export function guardOf(token: string, port: () => number): Guard {
  return {
    check(request) {
      const hosts = ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${port()}`);
      const host = request.headers.get("host") ?? "";
      if (!hosts.includes(host)) return turnedAway(421, "this server answers on 127.0.0.1 alone");
      const origin = request.headers.get("origin");
      if (origin !== null && !hosts.some((name) => origin === `http://${name}`)) {
        return turnedAway(403, "requests of other sites are not answered");
      }
      // A link of a report leads here; nothing else of another site does.
      const site = request.headers.get("sec-fetch-site");
      if (site === "cross-site" && request.headers.get("sec-fetch-mode") !== "navigate") {
        return turnedAway(403, "requests of other sites are not answered");
      }
      const url = new URL(request.url);
      const given = url.searchParams.get("token");
      if (given !== null && same(given, token)) {
        url.searchParams.delete("token");
        return new Response(null, {
          status: 303,
          headers: {
            ...SAFE_HEADERS,
            location: `${url.pathname}${url.search}`,
            "set-cookie": `${COOKIE}_${port()}=${token}; Path=/; HttpOnly; SameSite=Lax`,
          },
        });
      }
      const cookies = (request.headers.get("cookie") ?? "").split(/;\s*/);
      const known = cookies.some((cookie) => {
        const at = cookie.indexOf("=");
        return cookie.slice(0, at) === `${COOKIE}_${port()}` && same(cookie.slice(at + 1), token);
      });
      return known
        ? null
        : turnedAway(403, "open the address that the command printed: it has a token, this one has none");
    },
  };
}

function turnedAway(status: number, why: string): Response {
  return new Response(`${why}\n`, {
    status,
    headers: { ...SAFE_HEADERS, "content-type": "text/plain; charset=utf-8" },
  });
}

/** Compares all characters, however early two texts differ. */
function same(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
