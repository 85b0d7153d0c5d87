/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { CallFacts } from "../conversation.ts";
import * as api from "./api.ts";
import { Text } from "./text.tsx";
import { count, seconds, short, usd } from "./words.ts";

/** Longer pieces are folded, results of tools above all. */
const FOLDED = { "tool result": 600, "tool error": 1500, "system": 300, "thinking": 0 } as Record<string, number>;

/** One piece of a conversation; the first of a call says what the call took. */
export function PieceView({ id, n, piece, first, facts, mark, found, isHit }: {
  id: string;
  n: number;
  piece: api.ShownPiece;
  first: boolean;
  facts: CallFacts | null;
  mark: "failing" | "rests" | "";
  found: string;
  isHit: boolean;
}) {
  const [whole, setWhole] = useState<string | null>(null);
  const most = FOLDED[piece.kind];
  const folded = most !== undefined && piece.characters > most && !isHit;
  const text = whole ?? piece.text;
  const showAll = () => api.piece(id, n).then((all) => setWhole(all.text));
  const body = text === null ? <p>…</p> : (
    <>
      <Seen text={text} unseen={piece.unseen} found={found} />
      {whole === null && piece.characters > text.length && (
        <button type="button" onClick={showAll}>show all {count(piece.characters)} characters</button>
      )}
      {piece.pictures.map((at) => (
        <img key={at} class="picture" loading="lazy" alt="picture of the session" src={api.pictureAddress(id, at)} />
      ))}
    </>
  );
  const name = piece.name ? ` ${piece.name}` : "";
  const classes = ["piece anchor", piece.kind.replace(" ", "-"), mark].join(" ");
  return (
    <li id={`piece-${n}`} class={classes}>
      {first && <CallLine call={piece.call} facts={facts} mark={mark} />}
      {folded
        ? (
          <details>
            <summary>{piece.kind}{name} · {count(piece.characters)} characters{unseenWords(piece)}</summary>
            {body}
          </details>
        )
        : (
          <>
            <p class="kind">{piece.kind}{name}{unseenWords(piece)}</p>
            {body}
          </>
        )}
    </li>
  );
}

function CallLine({ call, facts, mark }: { call: number; facts: CallFacts | null; mark: string }) {
  const parts = facts === null ? [] : [
    facts.model,
    facts.inputTokens !== null && `${short(facts.inputTokens)} in`,
    facts.outputTokens !== null && `${short(facts.outputTokens)} out`,
    facts.seconds !== null && seconds(facts.seconds),
    facts.usd !== null && usd(facts.usd),
  ];
  return (
    <p class="call">
      {[`call ${call}`, ...parts].filter(Boolean).join(" · ")}
      {facts?.error && <strong class="fault">· {facts.error}</strong>}
      {mark === "failing" && <strong class="fault">· the step that failed, says the judge</strong>}
    </p>
  );
}

function unseenWords({ unseen, characters }: api.ShownPiece): string {
  if (unseen === null) return "";
  const missing = unseen[1] - unseen[0];
  return missing >= characters ? " · not shown to the judge" : ` · ${count(missing)} not shown to the judge`;
}

/** A text of which what the judge did not see is grey. */
function Seen({ text, unseen, found }: { text: string; unseen: api.ShownPiece["unseen"]; found: string }) {
  if (unseen === null || unseen[0] >= text.length) return <Text text={text} found={found} />;
  const [from, to] = unseen;
  return (
    <>
      {from > 0 && <Text text={text.slice(0, from)} found={found} />}
      <div class="unshown">
        <Text text={text.slice(from, to)} found={found} />
      </div>
      {to < text.length && <Text text={text.slice(to)} found={found} />}
    </>
  );
}
