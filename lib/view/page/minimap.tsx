/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";
import type { CallFacts } from "../conversation.ts";
import { plural } from "../../model/plural.ts";

const MEASURES = {
  dollars: ({ usd }: CallFacts) => usd,
  tokens: ({ inputTokens, outputTokens }: CallFacts) =>
    inputTokens === null && outputTokens === null ? null : (inputTokens ?? 0) + (outputTokens ?? 0),
  seconds: (call: CallFacts) => call.seconds,
};

/** What a strip of calls can show. */
export type Measure = keyof typeof MEASURES;

/** What is known of a session's calls; the first is shown unless told otherwise. */
export function measuresOf(calls: readonly CallFacts[]): Measure[] {
  return (["tokens", "seconds", "dollars"] as const).filter((name) =>
    calls.some((call) => (MEASURES[name](call) ?? 0) > 0)
  );
}

/** A strip of all calls: height is the measure, colour what the judge points at; a click goes there. */
export function Minimap({ calls, measure, failing, rests, toCall }: {
  calls: readonly CallFacts[];
  measure: Measure;
  failing: ReadonlySet<number>;
  rests: ReadonlySet<number>;
  toCall: (call: number) => void;
}) {
  const place = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = place.current!;
    const ratio = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    [canvas.width, canvas.height] = [width * ratio, height * ratio];
    const drawing = canvas.getContext("2d")!;
    drawing.scale(ratio, ratio);
    const style = getComputedStyle(canvas);
    const colour = (name: string) => style.getPropertyValue(name);
    const [plain, red, lit] = [colour("--bar"), colour("--failed"), colour("--accent")];
    const size = calls.map((call) => MEASURES[measure](call) ?? 0);
    const most = size.reduce((a, b) => Math.max(a, b), 0) || 1;
    const step = width / Math.max(1, calls.length);
    calls.forEach((call, i) => {
      const bar = Math.max(2, height * size[i]! / most);
      drawing.fillStyle = failing.has(call.call) || call.error ? red : rests.has(call.call) ? lit : plain;
      drawing.fillRect(i * step, height - bar, Math.max(1, step - (step > 3 ? 1 : 0)), bar);
    });
  }, [calls, measure, failing, rests]);
  const label = `${plural(calls.length, "call")} by ${measure}`;
  return (
    <canvas
      ref={place}
      class="minimap"
      role="img"
      aria-label={label}
      title={`${label}; a click goes there`}
      onClick={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        toCall(Math.min(calls.length, 1 + Math.floor(calls.length * (event.clientX - left) / width)));
      }}
    />
  );
}
