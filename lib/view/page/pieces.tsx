/** @jsxImportSource preact */
import { memo } from "preact/compat";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import * as api from "./api.ts";
import { PieceView } from "./piece.tsx";

/** Pieces that are drawn, and asked for, together. */
const PART = 40;

/** Pixels around what is seen that are drawn too. */
const MARGIN = 1200;

/** Which pieces have what is searched for, and which calls the judge points at. */
export interface Marks {
  found: string;
  hits: ReadonlySet<number>;
  rests: ReadonlySet<number>;
  failing: ReadonlySet<number>;
}

/**
 * A conversation in parts, of which only those near what is seen are drawn and fetched: five thousand calls open as fast as
 * five.
 */
export function Pieces({ open, marks, target }: {
  open: api.OpenSession;
  marks: Marks;
  /** The piece to go to, and how often that was asked; null for none. */
  target: { piece: number; asked: number } | null;
}) {
  const { pieces } = open.conversation!;
  const [near, setNear] = useState<ReadonlySet<number>>(() => new Set([0]));
  const box = useRef<HTMLDivElement>(null);
  const parts = Math.ceil(pieces.length / PART);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      setNear((before) => {
        const now = new Set(before);
        for (const { target, isIntersecting } of entries) {
          const part = Number((target as HTMLElement).dataset["part"]);
          if (isIntersecting) now.add(part);
          else now.delete(part);
        }
        return now;
      });
    }, { rootMargin: `${MARGIN}px 0px` });
    for (const element of box.current!.children) observer.observe(element);
    // Paper has no scrolling: of what is printed, all of it is drawn.
    const all = () => setNear(new Set(Array.from({ length: parts }, (_, i) => i)));
    addEventListener("beforeprint", all);
    return () => {
      observer.disconnect();
      removeEventListener("beforeprint", all);
    };
  }, [parts]);
  useLayoutEffect(() => {
    if (target === null) return;
    const part = Math.floor(target.piece / PART);
    setNear((before) => new Set([...before, part]));
    // Twice: what is drawn on the way changes the heights above.
    const go = () => document.getElementById(`piece-${target.piece}`)?.scrollIntoView({ block: "start" });
    const timers = [0, 120, 400].map((after) => setTimeout(go, after));
    box.current!.children[part]?.scrollIntoView({ block: "start" });
    return () => timers.forEach(clearTimeout);
  }, [target]);
  return (
    <div ref={box} class="pieces">
      {Array.from(
        { length: parts },
        (_, part) => <Part key={part} part={part} open={open} marks={marks} isNear={near.has(part)} />,
      )}
    </div>
  );
}

const Part = memo(({ part, open, marks, isNear }: {
  part: number;
  open: api.OpenSession;
  marks: Marks;
  isNear: boolean;
}) => {
  const { session, conversation } = open;
  const { pieces, calls } = conversation!;
  const own = useMemo(() => pieces.slice(part * PART, (part + 1) * PART), [pieces, part]);
  const [fetched, setFetched] = useState<api.ShownPiece[] | null>(null);
  const [height, setHeight] = useState<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isNear || fetched !== null || own.every(({ text }) => text !== null)) return;
    let current = true;
    api.pieces(session.sessionId, part * PART, part * PART + own.length).then((some) => current && setFetched(some));
    return () => void (current = false);
  }, [isNear, fetched, own]);
  useLayoutEffect(() => {
    // What goes out of sight leaves as much room as it took.
    if (isNear) return () => setHeight(box.current?.offsetHeight ?? null);
  }, [isNear]);
  if (!isNear) {
    return <div ref={box} data-part={part} style={{ height: `${height ?? guessedHeight(own)}px` }} />;
  }
  const shown = fetched ?? own;
  return (
    <div ref={box} data-part={part}>
      <ol>
        {shown.map((piece, i) => {
          const n = part * PART + i;
          return (
            <PieceView
              key={n}
              id={session.sessionId}
              n={n}
              piece={piece}
              first={n === 0 || pieces[n - 1]!.call !== piece.call}
              facts={calls[piece.call - 1] ?? null}
              mark={marks.failing.has(piece.call) ? "failing" : marks.rests.has(piece.call) ? "rests" : ""}
              found={marks.found}
              isHit={marks.hits.has(n)}
            />
          );
        })}
      </ol>
    </div>
  );
});

/** About as high as pieces will be: a folded one is a line. */
function guessedHeight(pieces: readonly api.ShownPiece[]): number {
  return pieces.reduce((sum, { kind, characters }) => {
    const folded = kind === "tool result" ? characters > 600 : kind === "system" || kind === "thinking";
    return sum + 60 + (folded ? 0 : 22 * Math.ceil(Math.min(characters, 4000) / 90));
  }, 0);
}
