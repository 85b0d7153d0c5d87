/** An endpoint that answers in every way at once, by a script that only depends on the session and the request. @module */
import { createHash } from "node:crypto";
import { CUT, type Mode, PASSING, PLACED, REFUSED, WRITTEN } from "./llm_modes.ts";
import { answer, type Behaviour, type SeenRequest } from "./llm_server.ts";

/** What a session comes to in the end. */
export type Expected = "judged" | "refused" | "unreadable" | "set aside";

/** Faults of single requests; what is not answered at all takes a client's whole time, and is rare. */
const FAULTS: Behaviour[] = [
  { status: 429, headers: { "retry-after-ms": "20" } },
  { status: 500 },
  { status: 503, html: true },
  "drop",
  "truncated body",
  "drop",
  { status: 502, html: true },
  { raw: "" },
];
const SLOW: Behaviour[] = ["stall", "silent"];

const ANSWERS: Mode[] = [...Object.values(WRITTEN), ...Object.values(PLACED)];
const REFUSALS = Object.values(REFUSED);
/** Those that ask to wait for seconds would make a test slow. */
const PASSES = [
  ...Object.entries(PASSING).filter(([what]) => !/wait|529|Groq/.test(what)).map(([, mode]) => mode),
  ...Object.values(CUT),
];

const shareOf = (...parts: (string | number)[]) =>
  createHash("sha256").update(parts.join("\n")).digest().readUInt32LE(0) / 2 ** 32;
const pick = <T>(list: readonly T[], share: number): T => list[Math.floor(share * list.length)]!;

/** Share of requests that meet a fault. */
export const FAULT_SHARE = 0.3;

/** What session `i` comes to. */
export function expectedOf(i: number): Expected {
  const share = shareOf("class", i);
  if (share < 0.03) return "refused";
  if (share < 0.05) return "unreadable";
  return share < 0.06 ? "set aside" : "judged";
}

/** The verdict on session `i`; null where there is none. */
export function verdictOn(i: number): 0 | 1 | null {
  if (expectedOf(i) !== "judged") return null;
  return isPlain(i) && i % 3 ? 0 : 1;
}

const isPlain = (i: number) => shareOf("written", i) < 0.7;

/**
 * Answers request `nth` about session `i`: three of ten with a fault, the others as the session is scripted. The model wants no
 * temperature and no list of types in its schema.
 *
 * @param slow whether some requests are never answered
 */
export function mixedEndpoint(slow: boolean): (request: SeenRequest, i: number, nth: number) => Behaviour {
  return (request, i, nth) => {
    if ("temperature" in request.body) return { status: 400, error: { message: "temperature is not supported" } };
    const fault = shareOf("fault", i, nth);
    if (fault < FAULT_SHARE) {
      if (slow && fault < 0.004) return pick(SLOW, shareOf("slow", i, nth));
      if (fault < FAULT_SHARE / 2) return pick(FAULTS, shareOf("which", i, nth));
      const met = pick(PASSES, shareOf("which", i, nth))(request, 1);
      // With more room some are no fault any more: then the session's own answer comes.
      if (typeof met === "string" || !("text" in met) || met.text !== answer(1)) return met;
    }
    switch (expectedOf(i)) {
      case "refused":
        return pick(REFUSALS, shareOf("refused", i))(request, nth);
      case "unreadable":
        return { text: "I would rather not say it in JSON." };
      case "set aside":
        return { status: 400, error: { message: "This model's maximum context length is 8192 tokens." } };
      default:
        if (isPlain(i)) return { text: answer(verdictOn(i), "high", [2]) };
        return pick(ANSWERS, shareOf("answer", i))(request, nth);
    }
  };
}
