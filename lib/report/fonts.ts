import { packageFile } from "../io/mod.ts";
import { subsetter } from "./subset.ts";

const FACES = [
  { weight: 400, file: "400Regular/Inter_400Regular.ttf" },
  { weight: 600, file: "600SemiBold/Inter_600SemiBold.ttf" },
] as const;

/** What the page's script writes beside the texts of the page: digits, units, words of its own. */
const SCRIPTED = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("") + "–−×…·→←↑↓⇅“”’";

/**
 * Inter in the page itself, so that figures look on every machine as they were laid out, with no more of it than the page
 * writes. A character that Inter lacks is the machine's.
 *
 * @param text all that the page says
 */
export async function interFaces(text: string): Promise<string> {
  const subset = await subsetter();
  const characters = new Set(SCRIPTED + text);
  const faces = await Promise.all(FACES.map(async ({ weight, file }) => {
    const bytes = subset(await packageFile(`@expo-google-fonts/inter/${file}`), characters);
    return `@font-face { font-family: Inter; font-weight: ${weight}; ` +
      `src: url(data:font/ttf;base64,${bytes.toBase64()}) format("truetype") }\n`;
  }));
  return faces.join("");
}
