/** The bytes of a file, changed in place. What lies between its end and a later write is zeros. */
export class Content {
  #buffer = Buffer.alloc(0)
  #length = 0

  write(offset: number, data: Buffer): void {
    this.#resize(Math.max(this.#length, offset + data.length))
    data.copy(this.#buffer, offset)
  }

  truncate(length: number): void {
    this.#resize(length)
  }

  copy(): Content {
    const copy = new Content()
    copy.#buffer = Buffer.from(this.bytes())
    copy.#length = this.#length
    return copy
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }

  #resize(length: number): void {
    if (length > this.#buffer.length) {
      const larger = Buffer.alloc(length * 2)
      this.#buffer.copy(larger, 0, 0, this.#length)
      this.#buffer = larger
    } else if (length < this.#length) this.#buffer.fill(0, length, this.#length)
    this.#length = length
  }
}
