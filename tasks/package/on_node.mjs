/**
 * Deno's functions on Node, for the npm package: those of @deno/shim-deno, and open files, which it has in part. Locks are not
 * there: what keeps a journal (import, judge, push) says so and takes Deno.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { Deno as shim } from "@deno/shim-deno";

class OpenFile {
  #handle;
  #append;
  #at = 0;

  constructor(handle, append) {
    this.#handle = handle;
    this.#append = append;
  }

  async read(bytes) {
    const { bytesRead } = await this.#handle.read(bytes, 0, bytes.length, this.#at);
    this.#at += bytesRead;
    return bytesRead === 0 && bytes.length > 0 ? null : bytesRead;
  }

  async write(bytes) {
    const { bytesWritten } = await this.#handle.write(bytes, 0, bytes.length, this.#append ? null : this.#at);
    this.#at += bytesWritten;
    return bytesWritten;
  }

  async seek(offset, whence) {
    const from = whence === shim.SeekMode.Start
      ? 0
      : whence === shim.SeekMode.Current
      ? this.#at
      : (await this.stat()).size;
    return this.#at = from + Number(offset);
  }

  async stat() {
    const { size, ino, dev, mtime } = await this.#handle.stat();
    return { size, ino, dev, mtime, isFile: true, isDirectory: false, isSymlink: false };
  }

  truncate(length = 0) {
    return this.#handle.truncate(length);
  }

  sync() {
    return this.#handle.sync();
  }

  syncData() {
    return this.#handle.datasync();
  }

  tryLock() {
    return Promise.reject(new Error("files cannot be locked on Node: run this with Deno"));
  }

  close() {
    this.#handle.close().catch(() => {});
  }

  [Symbol.dispose]() {
    this.close();
  }
}

class OpenFileSync {
  #descriptor;
  #at = 0;

  constructor(descriptor) {
    this.#descriptor = descriptor;
  }

  readSync(bytes) {
    const n = readSync(this.#descriptor, bytes, 0, bytes.length, this.#at);
    this.#at += n;
    return n === 0 && bytes.length > 0 ? null : n;
  }

  writeSync(bytes) {
    const n = writeSync(this.#descriptor, bytes, 0, bytes.length, this.#at);
    this.#at += n;
    return n;
  }

  seekSync(offset, whence) {
    const from = whence === shim.SeekMode.Start
      ? 0
      : whence === shim.SeekMode.Current
      ? this.#at
      : this.statSync().size;
    return this.#at = from + Number(offset);
  }

  statSync() {
    return fstatSync(this.#descriptor);
  }

  close() {
    closeSync(this.#descriptor);
  }

  [Symbol.dispose]() {
    this.close();
  }
}

function openFileSync(path, { write = false } = {}) {
  try {
    return new OpenFileSync(openSync(path, write ? "r+" : "r"));
  } catch (error) {
    throw error.code === "ENOENT" ? new shim.errors.NotFound(error.message) : error;
  }
}

async function openFile(
  path,
  { read = true, write = false, append = false, create = false, createNew = false, truncate = false } = {},
) {
  const flags = createNew ? "wx+" : append ? "a+" : truncate ? "w+" : write ? "r+" : read ? "r" : "r";
  try {
    return new OpenFile(await open(path, flags), append);
  } catch (error) {
    if (error.code === "ENOENT" && create) return new OpenFile(await open(path, "w+"), append);
    if (error.code === "ENOENT") throw new shim.errors.NotFound(error.message);
    if (error.code === "EEXIST") throw new shim.errors.AlreadyExists(error.message);
    throw error;
  }
}

globalThis.Deno ??= { ...shim, open: openFile, openSync: openFileSync };
