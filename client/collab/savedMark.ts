/**
 * Whether what was edited here is on the hub's disk. The hub answers by counting the changes (sync step 2 and updates) that came over one
 * connection, so deletions count as well; a new connection counts anew, and begins with everything the hub lacks.
 */
export class SavedMark {
  #sent = 0
  #saved = 0
  /** Over this connection the hub has been told of everything that was edited before it. */
  #whole = false
  #unsaved = false

  /** Something was edited here, or read from this device and may never have reached the hub. */
  edited(): void {
    this.#unsaved = true
  }

  connected(): void {
    this.#sent = this.#saved = 0
    this.#whole = false
  }

  /** A message goes out. */
  sent(message: Uint8Array): void {
    const [type, kind] = message
    if (type !== 0 || (kind !== 1 && kind !== 2)) return
    this.#sent += 1
    if (kind === 1) this.#whole = true
  }

  /** The hub says that the first `count` changes of this connection are on disk. */
  answered(count: number): void {
    this.#saved = count
    if (this.#whole && this.#saved >= this.#sent) this.#unsaved = false
  }

  get unsaved(): boolean {
    return this.#unsaved
  }
}
