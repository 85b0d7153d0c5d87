import type { Names } from "../../model/mod.ts";

/** What every figure is told beside its rows. */
export interface FigureContext {
  /** A few words on where the rows are from (`SourceInfo.caption`); opens every caption. */
  source: string;
  /** Labels, colours, order and file names; names as they are where this is not given. */
  names?: Names;
  /** Pixels that the figure may be wide; what a notebook's column shows unless given. Figures that know it draw for it. */
  width?: number;
}

/** What figures of official grades are told beside their rows. */
export interface OfficialContext extends FigureContext {
  /** Who graded, for the caption; it does not say unless given. */
  official?: string;
}

/** A drawn figure: one SVG document that needs nothing outside itself. */
export interface Figure {
  /** Lower case with hyphens, such as `winners`; also the file's name and the prefix of its ids. */
  name: string;
  /** The finding or the question, in one line. */
  title: string;
  /** What a reader who cannot see it should know; the SVG's `<desc>`. */
  description: string;
  /** How to read it; empty where nothing need be said. */
  subtitle: string;
  /** Source, n and cut-offs, as one text. */
  caption: string;
  /** The document. */
  svg: string;
  /** The drawing alone, for a page that sets title, subtitle and caption as text of its own. */
  bare: string;
  /** What it is an alternative for, such as other verdicts: a page shows one of an answer's alternatives at a time. */
  alternative?: string;
  /** Pixels at 1x. */
  width: number;
  /** Pixels at 1x. */
  height: number;
}

/** A piece of SVG with its size, ready to be placed by {@link import("./frame.ts").frame}. */
export interface Block {
  /** SVG elements, drawn from the origin. */
  markup: string;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
}

/** A table for a notebook: an HTML fragment that needs nothing outside itself. */
export interface HtmlTable {
  /** Lower case with hyphens, such as `table`. */
  name: string;
  /** The fragment. */
  html: string;
}
