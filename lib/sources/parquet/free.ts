/** The runtime puts buffers up to this size side by side into one. */
const SHARED_BYTES = 16 << 10;

/**
 * Gives the memory of a large buffer back at once. The garbage collector sees little of such memory: left to it, the
 * buffers of a long file gather to a gigabyte. Bytes that share their memory with others are left as they are.
 */
export function free(bytes: Uint8Array): void {
  const { buffer, byteLength } = bytes;
  if (byteLength > SHARED_BYTES && buffer.byteLength === byteLength && buffer instanceof ArrayBuffer) {
    buffer.transfer(0);
  }
}
