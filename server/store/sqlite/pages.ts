export type FetchedPage<Item, Last> = { items: Item[]; last: Last } | null

/**
 * Items that come in pages. Not an async generator: 100,000 items through two of those cost as much as reading them.
 * One consumer, which awaits each `next` (what `for await` does).
 */
export class Pages<Item, Last = number> implements AsyncIterableIterator<Item> {
  readonly #fetch: (last: Last | null) => Promise<FetchedPage<Item, Last>>
  #coming: Promise<FetchedPage<Item, Last>> | null
  #items: Item[] = []
  #at = 0

  /** `fetch` gives the page after `last` (the first one for null), null when there is none. */
  constructor(fetch: (last: Last | null) => Promise<FetchedPage<Item, Last>>) {
    this.#fetch = fetch
    this.#coming = null
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Item>> {
    return this.#at < this.#items.length ? Promise.resolve({ done: false, value: this.#items[this.#at++]! }) : this.#turn()
  }

  async #turn(): Promise<IteratorResult<Item>> {
    const page = await (this.#coming ?? this.#fetch(null))
    if (!page) return { done: true, value: undefined }
    // The next page is fetched while the caller works on this one; who stops early must leave no unhandled failure.
    this.#coming = this.#fetch(page.last)
    this.#coming.catch(() => {})
    this.#items = page.items
    this.#at = 0
    return this.next()
  }
}
