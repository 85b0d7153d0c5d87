/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { useMemo } from "preact/hooks";

/** Longer texts are shown as they are: reading Markdown out of them would make the page wait. */
const MOST_MARKDOWN = 20_000;

/**
 * A recorded text as people read it: JSON set out, differences coloured, Markdown rendered. Only elements are made here, never
 * HTML from a text, so nothing in it can run.
 */
export function Text({ text, found }: { text: string; found: string }): JSX.Element {
  return useMemo(() => {
    const json = text.length < MOST_MARKDOWN && /^\s*[[{]/.test(text) ? setOut(text) : null;
    if (json !== null) return <pre class="code">{marked(json, found)}</pre>;
    if (/^(diff --git |--- .*\n\+\+\+ |@@ -)/m.test(text)) return <Diff text={text} found={found} />;
    if (text.length > MOST_MARKDOWN) return <pre>{marked(text, found)}</pre>;
    return <>{blocks(text).map((block, i) => <Block key={i} block={block} found={found} />)}</>;
  }, [text, found]);
}

function setOut(text: string): string | null {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return null;
  }
}

function Diff({ text, found }: { text: string; found: string }) {
  return (
    <pre class="code">
      {text.split("\n").map((line, i) => {
        const kind = /^\+(?!\+\+)/.test(line) ? "added" : /^-(?!--)/.test(line) ? "removed" : line.startsWith("@@") ? "place" : "";
        return <span key={i} class={kind}>{marked(`${line}\n`, found)}</span>;
      })}
    </pre>
  );
}

interface MarkdownBlock {
  kind: "code" | "heading" | "list" | "quote" | "table" | "text";
  lines: string[];
}

/** Markdown's blocks, as far as models write them. */
function blocks(text: string): MarkdownBlock[] {
  const found: MarkdownBlock[] = [];
  const lines = text.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const fence = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence) {
      const body: string[] = [];
      while (++i < lines.length && !lines[i]!.trimStart().startsWith(fence)) body.push(lines[i]!);
      found.push({ kind: "code", lines: body });
      continue;
    }
    const kind = /^#{1,6}\s/.test(line)
      ? "heading"
      : /^\s*([-*+]|\d+[.)])\s/.test(line)
      ? "list"
      : /^\s*>/.test(line)
      ? "quote"
      : /^\s*\|.*\|\s*$/.test(line)
      ? "table"
      : "text";
    const last = found.at(-1);
    if (line.trim() === "") found.push({ kind: "text", lines: [] });
    else if (last && last.kind === kind && kind !== "heading" && last.lines.length) last.lines.push(line);
    else found.push({ kind, lines: [line] });
  }
  return found.filter((block) => block.lines.length);
}

function Block({ block: { kind, lines }, found }: { block: MarkdownBlock; found: string }) {
  if (kind === "code") return <pre class="code">{marked(lines.join("\n"), found)}</pre>;
  if (kind === "heading") return <p class="heading">{inline(lines[0]!.replace(/^#+\s+/, ""), found)}</p>;
  if (kind === "quote") {
    return <blockquote>{inline(lines.map((l) => l.replace(/^\s*>\s?/, "")).join("\n"), found)}</blockquote>;
  }
  if (kind === "list") {
    return (
      <ul>
        {lines.map((line, i) => <li key={i}>{inline(line.replace(/^\s*([-*+]|\d+[.)])\s+/, ""), found)}</li>)}
      </ul>
    );
  }
  if (kind === "table") return <pre class="code">{marked(lines.join("\n"), found)}</pre>;
  return <p>{inline(lines.join("\n"), found)}</p>;
}

/** Bold and code within a line; everything else stays as it was written. */
function inline(text: string, found: string): ComponentChildren {
  return text.split(/(`[^`\n]+`|\*\*[^*\n]+\*\*)/g).map((part, i) => {
    if (part.length > 2 && part.startsWith("`") && part.endsWith("`")) {
      return <code key={i}>{marked(part.slice(1, -1), found)}</code>;
    }
    if (part.length > 4 && part.startsWith("**") && part.endsWith("**")) {
      return <strong key={i}>{marked(part.slice(2, -2), found)}</strong>;
    }
    return <span key={i}>{marked(part, found)}</span>;
  });
}

/** A text with what is searched for lit. */
export function marked(text: string, found: string): ComponentChildren {
  if (found === "") return text;
  const [low, wanted] = [text.toLowerCase(), found.toLowerCase()];
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + wanted.length)}</mark>);
    from = at + wanted.length;
  }
  return parts.length ? [...parts, text.slice(from)] : text;
}
