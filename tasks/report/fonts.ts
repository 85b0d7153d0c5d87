import { createRequire } from "node:module";

const FACES = [
  { weight: 400, file: "400Regular/Inter_400Regular.ttf" },
  { weight: 600, file: "600SemiBold/Inter_600SemiBold.ttf" },
] as const;

/** Inter in the page itself, so that figures look on every machine as they were laid out. */
export async function interFaces(): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const faces = await Promise.all(FACES.map(async ({ weight, file }) => {
    const bytes = await Deno.readFile(resolve(`@expo-google-fonts/inter/${file}`));
    return `@font-face { font-family: Inter; font-weight: ${weight}; ` +
      `src: url(data:font/ttf;base64,${bytes.toBase64()}) format("truetype") }\n`;
  }));
  return faces.join("");
}
