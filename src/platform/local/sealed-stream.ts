import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import type { NamedKey } from '../keys.ts';

/**
 * A stream of any length under AES-256-GCM, in pieces that are proved one by one, so that nothing false is ever handed on:
 * `CBK1 · length of key id · key id · salt (16)`, then `length (4, highest bit = last) · ciphertext · tag (16)`. Each file has
 * its own key (HKDF), each piece its number as nonce; header and whether it is the last one are authenticated with it.
 */
const MAGIC = Buffer.from('CBK1');
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const PIECE_BYTES = 1 << 20;
const LAST = 0x8000_0000;

export class BackupUnreadable extends Error {
  override readonly name = 'BackupUnreadable';
}

function fileKey(key: NamedKey, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', key.secret, salt, 'cobuild.backup/1', 32));
}

function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 8);
  return nonce;
}

function aad(header: Buffer, last: boolean): Buffer {
  return Buffer.concat([header, Buffer.from([last ? 1 : 0])]);
}

export class SealStream extends Transform {
  readonly #secret: Buffer;
  readonly #header: Buffer;
  #pieces = 0;
  #waiting: Buffer[] = [];
  #bytes = 0;

  constructor(key: NamedKey) {
    super();
    const salt = randomBytes(SALT_BYTES);
    const id = Buffer.from(key.id);
    this.#secret = fileKey(key, salt);
    this.#header = Buffer.concat([MAGIC, Buffer.from([id.length]), id, salt]);
    this.push(this.#header);
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#waiting.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes > PIECE_BYTES) {
      let all = Buffer.concat(this.#waiting);
      // One byte at least stays for the last piece, which alone may be called that.
      for (; all.length > PIECE_BYTES; all = all.subarray(PIECE_BYTES)) this.#seal(all.subarray(0, PIECE_BYTES), false);
      this.#waiting = [all];
      this.#bytes = all.length;
    }
    done();
  }

  override _flush(done: TransformCallback): void {
    this.#seal(Buffer.concat(this.#waiting), true);
    done();
  }

  #seal(plain: Buffer, last: boolean): void {
    const cipher = createCipheriv('aes-256-gcm', this.#secret, nonceOf(this.#pieces), { authTagLength: TAG_BYTES });
    cipher.setAAD(aad(this.#header, last));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE((body.length | (last ? LAST : 0)) >>> 0);
    this.#pieces += 1;
    this.push(Buffer.concat([length, body, cipher.getAuthTag()]));
  }
}

/** Fails with `BackupUnreadable` for another key, a changed byte, and an end that is missing. */
export class OpenStream extends Transform {
  readonly #keys: readonly NamedKey[];
  #secret: Buffer | undefined;
  #header = Buffer.alloc(0);
  #rest = Buffer.alloc(0);
  #pieces = 0;
  #over = false;

  constructor(keys: readonly NamedKey[]) {
    super();
    this.#keys = keys;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    try {
      while (this.#secret ? this.#open(this.#secret) : this.#begin());
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    done(this.#over && this.#rest.length === 0 ? null : new BackupUnreadable('the end of the file is missing'));
  }

  #begin(): boolean {
    const idEnd = MAGIC.length + 1 + (this.#rest[MAGIC.length] ?? 0);
    if (this.#rest.length < idEnd + SALT_BYTES) return false;
    if (!this.#rest.subarray(0, MAGIC.length).equals(MAGIC)) throw new BackupUnreadable('this is no sealed backup');
    const id = this.#rest.subarray(MAGIC.length + 1, idEnd).toString();
    const key = this.#keys.find((candidate) => candidate.id === id);
    if (!key) throw new BackupUnreadable(`it was sealed with the key ${id}, which is not given`);
    this.#header = this.#rest.subarray(0, idEnd + SALT_BYTES);
    this.#secret = fileKey(key, this.#header.subarray(idEnd));
    this.#rest = this.#rest.subarray(idEnd + SALT_BYTES);
    return true;
  }

  #open(secret: Buffer): boolean {
    if (this.#rest.length < 4) return false;
    if (this.#over) throw new BackupUnreadable('something follows the end');
    const word = this.#rest.readUInt32BE(0);
    const last = word >= LAST;
    const end = 4 + (last ? word - LAST : word);
    if (this.#rest.length < end + TAG_BYTES) return false;
    const decipher = createDecipheriv('aes-256-gcm', secret, nonceOf(this.#pieces), { authTagLength: TAG_BYTES });
    decipher.setAAD(aad(this.#header, last)).setAuthTag(this.#rest.subarray(end, end + TAG_BYTES));
    try {
      const plain = Buffer.concat([decipher.update(this.#rest.subarray(4, end)), decipher.final()]);
      if (plain.length > 0) this.push(plain);
    } catch {
      throw new BackupUnreadable(`piece ${this.#pieces} was changed, or this is not its key`);
    }
    this.#rest = this.#rest.subarray(end + TAG_BYTES);
    this.#pieces += 1;
    this.#over = last;
    return true;
  }
}
