import { isRecord, type JsonRecord, jsonText } from "../json_text.ts";

/** Characters from which a text of nothing but base64 is taken for a blob. */
const BLOB_CHARACTERS = 500;
const DATA_URL = /data:([\w.+-]+\/[\w.+-]+)?(?:;[\w=.+-]+)*;base64,([A-Za-z0-9+/_-]{64,}={0,2})/g;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
/** How deep blobs are looked for. */
const DEPTH = 20;

/** What a part may call its medium by its type. */
const KINDS: Record<string, string> = {
  image: "image",
  image_url: "image",
  input_image: "image",
  output_image: "image",
  inlineData: "blob",
  inline_data: "blob",
  fileData: "file",
  file_data: "file",
  blob: "blob",
  uri: "file",
  file: "file",
  input_file: "file",
  document: "document",
  audio: "audio",
  audio_url: "audio",
  input_audio: "audio",
  output_audio: "audio",
  video: "video",
  video_url: "video",
  media: "blob",
  "source-url": "source",
  "source-document": "source",
};

/**
 * A part that is an image, a sound or any other file, named with its type and size, or its address: `[image image/png,
 * 34,012 bytes]`. Its bytes are never pasted.
 *
 * @returns null for any other part.
 */
export function mediaText(part: JsonRecord): string | null {
  const key = typeof part["type"] === "string" ? part["type"] : Object.keys(part).find((name) => name in KINDS) ?? "";
  const kind = Object.hasOwn(KINDS, key) ? KINDS[key]! : null;
  if (kind === null) return null;
  const found: Found = { type: null, bytes: null, address: null, name: null, text: null };
  look(part, found, 0);
  if (found.text !== null && found.bytes === null && found.address === null) return found.text;
  const modality = typeof part["modality"] === "string" ? part["modality"] : null;
  const what = modality ?? (kind === "blob" ? /^(image|audio|video)\//.exec(found.type ?? "")?.[1] ?? "blob" : kind);
  const size = found.bytes === null ? null : `${found.bytes.toLocaleString("en")} bytes`;
  const known = [found.name, found.type, size, found.bytes === null ? found.address : null].filter((v) => v !== null);
  const named = `[${[what, known.join(", ")].filter(Boolean).join(" ")}]`;
  const rest = Object.entries(part).filter(([name, value]) => !READ.has(name) && typeof value === "string" && value);
  return rest.length ? `${named}\n${jsonText(withoutBlobs(Object.fromEntries(rest)))}` : named;
}

interface Found {
  type: string | null;
  bytes: number | null;
  address: string | null;
  name: string | null;
  /** A document whose content is text. */
  text: string | null;
}

const TYPES = ["mime_type", "mimeType", "media_type", "mediaType", "format", "contentType"];
const NAMES = ["filename", "file_name", "fileName", "title", "name"];
const DATA = ["data", "content", "bytes", "file_data", "blob", "base64", "image", "image_url", "url", "source"];
/** Keys of a part that are read, or say how the medium was to be looked at. */
const READ = new Set(
  [...TYPES, ...NAMES, ...DATA, "modality", "detail", "type", "uri", "fileUri", "file_uri", "file_url"]
    .concat("file_id", "fileId", "id", "sourceId"),
);
const ADDRESSES = ["url", "uri", "fileUri", "file_uri", "image_url", "image", "file_url", "file_id", "fileId", "id"];

function look(value: unknown, found: Found, depth: number): void {
  if (!isRecord(value) || depth > 4) return;
  for (const key of TYPES) if (typeof value[key] === "string") found.type ??= value[key];
  for (const key of NAMES) if (typeof value[key] === "string") found.name ??= clip(value[key]);
  const isText = value["type"] === "text" || found.type?.startsWith("text/");
  for (const key of DATA) {
    const data = value[key];
    found.bytes ??= bytesIn(data);
    if (typeof data !== "string") continue;
    const url = /^data:([\w.+-]+\/[\w.+-]+)?[^,]*,/.exec(data);
    if (url) {
      found.type ??= url[1] ?? null;
      found.bytes ??= bytesOf(data.slice(url[0].length));
    } else if (isText && !BASE64.test(data)) found.text ??= data;
    else if (!/^\w+:\/\//.test(data) && BASE64.test(data) && data.length > 32) found.bytes ??= bytesOf(data);
  }
  for (const key of ADDRESSES) {
    const address = value[key];
    if (typeof address !== "string" || address === "" || address.startsWith("data:")) continue;
    if (/^[\w+.-]+:/.test(address) || address.length <= 32 || !BASE64.test(address)) found.address ??= clip(address);
  }
  for (const inner of Object.values(value)) look(inner, found, depth + 1);
}

/** How many bytes a value holds that JSON made of bytes: a list of them, or an object with one by each index. */
function bytesIn(data: unknown): number | null {
  if (data instanceof Uint8Array) return data.length;
  const bytes = Array.isArray(data) ? data : isRecord(data) && "0" in data ? Object.values(data) : [];
  return bytes.length && bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256) ? bytes.length : null;
}

/** Bytes that base64 stands for. */
const bytesOf = (base64: string) => Math.floor(base64.replace(/=+$/, "").length * 3 / 4);

const clip = (text: string) => text.length > 300 ? `${text.slice(0, 297)}...` : text;

/** A text whose data URLs are named with their type and size. */
export function withoutDataUrls(text: string): string {
  if (!text.includes(";base64,")) return text;
  return text.replace(
    DATA_URL,
    (_, type: string | undefined, data: string) => `[${type ?? "blob"}, ${bytesOf(data).toLocaleString("en")} bytes]`,
  );
}

/** A JSON value whose long base64 texts and data URLs are named with their size, so that it can be kept as text. */
export function withoutBlobs(value: unknown, depth = 0): unknown {
  if (typeof value === "string") {
    const isBlob = value.length >= BLOB_CHARACTERS && BASE64.test(value) && /\d/.test(value) && /[A-Z]/.test(value);
    return isBlob ? `[blob, ${bytesOf(value).toLocaleString("en")} bytes]` : withoutDataUrls(value);
  }
  if (depth > DEPTH || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutBlobs(item, depth + 1));
  if (!isRecord(value) || "rawJSON" in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutBlobs(item, depth + 1)]));
}
