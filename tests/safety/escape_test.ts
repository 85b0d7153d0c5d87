// deno-lint-ignore-file no-control-regex -- control characters are what is tested
import assert from "node:assert/strict";
import fc from "fast-check";
import { parseHTML } from "linkedom";
import { csvField, escapeHtml, escapeMarkdown, terminalText } from "../../lib/model/mod.ts";
import { shellWord, sqlLiteral } from "../../lib/model/escape.ts";
import { HOSTILE } from "./hostile.ts";

const any = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...HOSTILE));

Deno.test("no text is markup in HTML: read again it is the text, with no element and no attribute of its own", () => {
  fc.assert(fc.property(any, (text) => {
    const { document } = parseHTML(`<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`);
    const p = document.querySelector("p")!;
    assert.equal(document.querySelectorAll("*").length, 1);
    assert.equal(p.attributes.length, 1);
    assert.ok([...p.childNodes].every((node) => node.nodeType === 3));
  }));
});

Deno.test("no text turns the direction of a page, and none holds a character that XML forbids", () => {
  fc.assert(fc.property(any, (text) => {
    assert.doesNotMatch(
      escapeHtml(text),
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/,
    );
    assert.ok(escapeHtml(text).isWellFormed());
  }));
});

Deno.test("no text is markup, a formula or a second line in Markdown, and escaping twice changes nothing", () => {
  fc.assert(fc.property(any, (text) => {
    const escaped = escapeMarkdown(text);
    assert.doesNotMatch(escaped, /[<>`*[\]|$\n\\]/);
    assert.equal(escapeMarkdown(escaped), escaped);
  }));
});

Deno.test("a text in SQL is one literal, for engines with and without backslashes", () => {
  fc.assert(fc.property(any, (text) => {
    if (text.includes("\0")) return void assert.throws(() => sqlLiteral(text), /NUL/);
    assert.match(sqlLiteral(text), /^'(?:[^']|'')*'$/s);
    assert.match(sqlLiteral(text, { backslashes: true }), /^'(?:[^'\\]|\\[\\'])*'$/s);
  }));
});

Deno.test("no field of a CSV file is a formula to a spreadsheet, nor more than one field", () => {
  for (const formula of ['=HYPERLINK("http://evil","x")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1"]) {
    assert.match(csvField(formula), /^"?'/);
  }
  assert.deepEqual([csvField(-1.5), csvField("-1.5e-3"), csvField(null), csvField("a")], ["-1.5", "-1.5e-3", "", "a"]);
  fc.assert(fc.property(any, (text) => {
    const field = csvField(text);
    if (/[",\r\n]/.test(field.replace(/^'/, ""))) assert.match(field, /^"(?:[^"]|"")*"$/s);
  }));
});

Deno.test("a text in a command that is shown is one word of a shell", async () => {
  for (const text of [...HOSTILE, "$(id)", "`id`", "a'b", "", "-rf", "x; rm y"]) {
    const word = shellWord(text.toWellFormed());
    const { stdout } = await new Deno.Command("sh", { args: ["-c", `printf '%s' ${word}`] }).output();
    assert.equal(new TextDecoder().decode(stdout), text.toWellFormed().replaceAll("\0", ""));
  }
});

Deno.test("no text moves a terminal's cursor or renames its window", () => {
  assert.equal(terminalText("a\x1b]0;title\x07b\u009b2J\r\nc\rd\te"), "a\\u{1B}]0;title\\u{7}b\\u{9B}2J\nc\\u{D}d\te");
  fc.assert(fc.property(any, (text) => assert.doesNotMatch(terminalText(text), /[\x00-\x08\x0b-\x1f\x7f-\x9f]/)));
});
