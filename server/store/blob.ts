/** What both adapters do with a blob on its way in. */
import { createHash } from 'node:crypto'
import { Readable, Transform, type TransformCallback } from 'node:stream'
import { BlobTooLarge, type BlobInfo } from './port.ts'

export const SHA256 = /^[0-9a-f]{64}$/

/** Passes bytes on, counting and hashing them. Fails with BlobTooLarge beyond `limit` bytes. */
export class Measure extends Transform {
  readonly #hash = createHash('sha256')
  readonly #limit: number
  #size = 0

  constructor(limit: number) {
    super()
    this.#limit = limit
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#size += chunk.length
    if (this.#size > this.#limit) return done(new BlobTooLarge(`more than ${this.#limit} bytes`))
    this.#hash.update(chunk)
    done(null, chunk)
  }

  /** Once, after the last byte. */
  info(): BlobInfo {
    return { sha256: this.#hash.digest('hex'), size: this.#size }
  }
}

export function failingStream(error: Error): Readable {
  return new Readable({
    read() {
      this.destroy(error)
    },
  })
}
