import { type Message, text as words } from "@optique/core/message";
import { multiple, optional, withDefault } from "@optique/core/modifiers";
import { argument, option } from "@optique/core/primitives";
import type { NonEmptyString } from "@optique/core/nonempty";
import { choice, float, integer, string } from "@optique/core/valueparser";

type Flag = `--${string}`;

/** A help text as the parser takes it; lines are broken where the terminal ends. */
export const said = (text: string): Message => [words(text.replaceAll(/\s*\n\s*/g, " ").trim())];

/** An option with a text, such as a path; undefined where it is not given. */
export const text = (flag: Flag, metavar: NonEmptyString, help: string) =>
  optional(option(flag, string({ metavar }), { description: said(help) }));

/** An option with a text that may be given again and again. */
export const texts = (flag: Flag, metavar: NonEmptyString, help: string) =>
  multiple(option(flag, string({ metavar }), { description: said(`${help}; may be repeated`) }));

/** An option with a text that has a default, which the help shows. */
export const textOr = (flag: Flag, metavar: NonEmptyString, otherwise: string, help: string) =>
  withDefault(option(flag, string({ metavar }), { description: said(help) }), otherwise);

/** Limits and name of a whole number. */
export interface WholeOptions {
  min?: number;
  max?: number;
  metavar?: NonEmptyString;
}

const wholeNumber = (flag: Flag, help: string, { min = 1, max, metavar = "N" }: WholeOptions) =>
  option(flag, integer({ metavar, min, ...(max === undefined ? {} : { max }) }), { description: said(help) });

/** An option with a whole number of 1 and above, unless told from where. */
export const whole = (flag: Flag, help: string, limits: WholeOptions = {}) => optional(wholeNumber(flag, help, limits));

/** {@link whole} with a default, which the help shows. */
export const wholeOr = (flag: Flag, otherwise: number, help: string, limits: WholeOptions = {}) =>
  withDefault(wholeNumber(flag, help, limits), otherwise);

/** An option with a number. */
export const number = (flag: Flag, metavar: NonEmptyString, help: string) =>
  optional(option(flag, float({ metavar }), { description: said(help) }));

/** {@link number} with a default, which the help shows. */
export const numberOr = (flag: Flag, metavar: NonEmptyString, otherwise: number, help: string) =>
  withDefault(option(flag, float({ metavar }), { description: said(help) }), otherwise);

/** An option with one of some words. */
export const oneOf = <const T extends string>(flag: Flag, metavar: NonEmptyString, names: readonly T[], help: string) =>
  optional(option(flag, choice(names, { metavar }), { description: said(help) }));

/** An option that is there or not. */
export const flag = (name: Flag, help: string) => option(name, { description: said(help) });

/** A word that stands by itself, where it is given. */
export const word = (metavar: NonEmptyString, help: string) =>
  optional(argument(string({ metavar }), { description: said(help) }));

/** Words that stand by themselves. */
export const rest = (metavar: NonEmptyString, help: string) =>
  multiple(argument(string({ metavar }), { description: said(help) }));
