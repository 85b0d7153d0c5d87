import {
  contentRange,
  HttpError,
  type HttpOptions,
  readBody,
  request,
  retrying,
  TransferError,
} from "../../io/http.ts";
import type { CountedBuffer } from "../parquet/file.ts";

/** A file that is read by HTTP range requests. */
export interface RemoteFile {
  url: string;
  /** Its size, which every answer must confirm. */
  byteLength: number;
  /** Sent to the URL's own origin only, never to where it redirects; for instance an authorization. */
  headers?: Record<string, string>;
}

/** A Parquet footer and its length lie at the end: a read of the last bytes brings this many, kept for the next one. */
const TAIL_BYTES = 64 << 10;
/** Statuses of a redirect's target that mean that its signature ran out. */
const EXPIRED = [401, 403, 404];

/**
 * Bytes of a remote file by range. Each read is checked against its Content-Range and length, and repeated on 429, 5xx,
 * truncated bodies and dropped connections; a server that ignores ranges is read up to the bytes asked for. The target
 * of a redirect is remembered, so that further reads ask it alone, until it refuses.
 *
 * `bytesRead` counts the bytes of bodies, whether they were of use or not.
 */
export function rangeBuffer(file: RemoteFile, options: HttpOptions = {}): CountedBuffer {
  const { url, byteLength } = file;
  let bytesRead = 0;
  let target = url;
  let tail: { start: number; bytes: Promise<Uint8Array<ArrayBuffer>> } | null = null;

  async function read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    return await retrying(async () => {
      const response = await send(start, end);
      const range = contentRange(response.headers.get("content-range"));
      if (response.status === 206) await checkRange(response, range, start, end);
      const skip = response.status === 206 ? 0 : start;
      const bytes = new Uint8Array(end - start);
      let position = -skip;
      for await (const piece of readBody(response, url, options)) {
        bytesRead += piece.length;
        const from = Math.max(0, -position);
        const part = piece.subarray(from, Math.max(from, bytes.length - position));
        bytes.set(part, Math.max(0, position));
        position += piece.length;
        if (position >= bytes.length) break;
      }
      if (position < bytes.length) {
        throw new TransferError(url, `the body ended at byte ${start + Math.max(0, position)} of ${start} to ${end}`);
      }
      return bytes;
    }, options);
  }

  async function send(start: number, end: number): Promise<Response> {
    const headers = { range: `bytes=${start}-${end - 1}`, "accept-encoding": "identity" };
    if (target !== url) {
      try {
        const own = new URL(target).origin === new URL(url).origin ? file.headers : {};
        return await request(target, { headers: { ...own, ...headers } }, options);
      } catch (error) {
        if (!(error instanceof HttpError) || !EXPIRED.includes(error.status)) throw error;
        target = url;
      }
    }
    const response = await request(url, { headers: { ...file.headers, ...headers } }, options);
    if (response.redirected) target = response.url;
    return response;
  }

  async function checkRange(
    response: Response,
    range: ReturnType<typeof contentRange>,
    start: number,
    end: number,
  ): Promise<void> {
    const right = range?.start === start && range.end === end - 1 && (range.total ?? byteLength) === byteLength;
    if (right) return;
    await response.body?.cancel();
    const found = response.headers.get("content-range") ?? "no Content-Range";
    throw new TransferError(url, `asked for bytes ${start}-${end - 1}/${byteLength}, the server sends ${found}`);
  }

  return {
    byteLength,
    get bytesRead() {
      return bytesRead;
    },
    async slice(start, end = byteLength) {
      const last = Math.min(end, byteLength);
      if (last <= start) return new ArrayBuffer(0);
      if (last > byteLength - 16 && !tail) {
        const from = Math.max(0, Math.min(start, byteLength - TAIL_BYTES));
        tail = { start: from, bytes: read(from, byteLength) };
        tail.bytes.catch(() => tail = null);
      }
      if (tail && start >= tail.start) {
        const { start: from, bytes } = tail;
        return (await bytes).slice(start - from, last - from).buffer;
      }
      return (await read(start, last)).buffer;
    },
    close: () => tail = null,
  };
}
