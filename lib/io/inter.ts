import { type Subset, subsetter } from "./font_subset.ts";
import { packageFile } from "./package_file.ts";

const FACES = [
  { weight: 400, file: "400Regular/Inter_400Regular.ttf" },
  { weight: 600, file: "600SemiBold/Inter_600SemiBold.ttf" },
] as const;

let made: Promise<Subset> | undefined;

/**
 * Inter inside a page or a drawing, so that figures look on every machine as they were laid out, with no more of it than is
 * written there. A character that Inter lacks is the machine's.
 *
 * @param text all that is written
 */
export async function interFaces(text: string): Promise<string> {
  const subset = await (made ??= subsetter());
  const characters = new Set(text);
  const faces = await Promise.all(FACES.map(async ({ weight, file }) => {
    const bytes = subset(await packageFile("@expo-google-fonts/inter", file), characters);
    return `@font-face { font-family: Inter; font-weight: ${weight}; ` +
      `src: url(data:font/ttf;base64,${bytes.toBase64()}) format("truetype") }\n`;
  }));
  return faces.join("");
}
