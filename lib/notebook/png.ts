import type { Figure } from "../figures/mod.ts";
import { packagePath } from "../io/mod.ts";

const FONTS = ["400Regular/Inter_400Regular.ttf", "600SemiBold/Inter_600SemiBold.ttf"];

/** Letters of scripts that Inter lacks, and pictures. */
const BEYOND_INTER =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]|\p{Emoji_Presentation}/u;

/**
 * A figure as PNG, by default at two pixels per CSS pixel. Drawn with the pinned Inter alone, whatever fonts the
 * machine has, so that every machine writes the same bytes; only where a text has what Inter lacks do the machine's fonts help.
 *
 * @example
 * ```ts
 * import { equal } from "node:assert/strict";
 * import { pngOf } from "agent-trace-lab/notebook";
 * import { chart, chartFigure } from "agent-trace-lab/figures";
 * const png = await pngOf(chartFigure(chart({ marks: [] }), { name: "nothing-yet" }));
 * equal(new TextDecoder().decode(png.subarray(1, 4)), "PNG");
 * ```
 */
export async function pngOf(figure: Pick<Figure, "svg">, scale = 2): Promise<Uint8Array> {
  // Loaded here and not above: a native module, which needs permission the moment it is imported.
  const { Resvg } = await import("@resvg/resvg-js");
  const image = new Resvg(figure.svg, {
    fitTo: { mode: "zoom", value: scale },
    font: {
      fontFiles: await Promise.all(FONTS.map((file) => packagePath("@expo-google-fonts/inter", file))),
      // What Inter does not have, another font of this machine may.
      loadSystemFonts: BEYOND_INTER.test(figure.svg),
      defaultFontFamily: "Inter",
    },
  });
  return image.render().asPng();
}
