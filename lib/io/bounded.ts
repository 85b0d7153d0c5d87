/** A body that is larger than what is read of it: it may have no end. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
  /** `url`, where it is known, is named. */
  constructor(readonly maxBytes: number, url?: string) {
    super(
      `${url === undefined ? "" : `${url}: `}the answer is larger than ${sizeText(maxBytes)} and was not read further`,
    );
  }
}

/**
 * The body of an answer as text, read piece by piece up to a size: the rest is not fetched.
 *
 * @param maxBytes after decompression
 * @throws {BodyTooLarge} at the first piece beyond it
 */
export async function textWithin(response: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  if (!reader) return "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return parts.join("") + decoder.decode();
      bytes += value.length;
      if (bytes > maxBytes) throw new BodyTooLarge(maxBytes);
      parts.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function sizeText(bytes: number): string {
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}
