/** The floor of the model (model.ts): who waits in which order, and who speaks; speeches and points of order, without registration in advance. */
export interface Request { person: string; kind: 'speech' | 'pointOfOrder'; list: string | null }

export class FloorModel {
  open = true
  readonly requests = new Map<string, Request>()
  /** Those waiting, by list ('' is that of no item), first to speak first. */
  readonly lines = new Map<string, string[]>()
  /** Who has the floor, and whether the clock runs. */
  readonly speeches = new Map<string, boolean>()

  line(list: string | null): string[] {
    return this.lines.get(list ?? '') ?? []
  }

  ask(id: string, request: Request): boolean {
    const mine = [...this.lines.values()].flat().filter((other) => this.requests.get(other)?.person === request.person)
    const again = this.line(request.list).some((other) => this.requests.get(other)?.person === request.person && this.requests.get(other)?.kind === request.kind)
    if (again || mine.length >= 10) return false
    this.requests.set(id, request)
    this.#queue(request.list, id, 0)
    return true
  }

  /** Points of order go before speeches; nobody else is passed. */
  #queue(list: string | null, id: string, from: number): number {
    const line = this.line(list)
    const points = line.findLastIndex((other) => this.requests.get(other)?.kind === 'pointOfOrder') + 1
    const at = Math.max(from, this.requests.get(id)?.kind === 'pointOfOrder' ? points : line.length)
    this.lines.set(list ?? '', line.toSpliced(at, 0, id))
    return at + 1
  }

  withdraw(person: string): boolean {
    const gone = [...this.requests].filter(([id, one]) => one.person === person && this.line(one.list).includes(id)).map(([id]) => id)
    for (const [list, line] of this.lines) this.lines.set(list, line.filter((id) => !gone.includes(id)))
    return gone.length > 0
  }

  /** Gives the floor; whoever had it has ended. */
  give(id: string, list: string | null): boolean {
    this.lines.set(list ?? '', this.line(list).filter((other) => other !== id))
    this.speeches.clear()
    this.speeches.set(id, true)
    return true
  }

  move(id: string, after: string | null, list: string | null): boolean {
    const rest = this.line(list).filter((other) => other !== id)
    if (after !== null && !rest.includes(after)) return false
    this.lines.set(list ?? '', rest.toSpliced(after === null ? 0 : rest.indexOf(after) + 1, 0, id))
    return true
  }

  /** Items are over and perhaps another is on: speeches there end, and who waited there goes along, in order. */
  follow(left: readonly string[], on: string | null): void {
    const lists: (string | null)[] = on === null ? [...left] : [...left, null]
    for (const id of this.speeches.keys()) if (lists.includes(this.requests.get(id)!.list)) this.speeches.delete(id)
    const coming = lists.flatMap((list) => this.line(list))
    for (const list of lists) this.lines.set(list ?? '', [])
    let from = 0
    for (const id of coming) {
      this.requests.get(id)!.list = on
      from = this.#queue(on, id, from)
    }
    this.open = true
  }
}
