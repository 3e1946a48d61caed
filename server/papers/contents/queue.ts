/** Things to do one after the other in the background, each once at a time. */
export interface Queue {
  add(key: string): void
  /** Somebody is waiting for this one: it is next. */
  first(key: string): void
  /** Whether something else waits. */
  busy(): boolean
  /** Once more when what waits now is done; only for the work that is being done. */
  again(key: string): void
  idle(): Promise<void>
  /** Begins nothing more; resolves when what was begun has ended. */
  close(): Promise<void>
}

export function openQueue(work: (key: string) => Promise<void>): Queue {
  let waiting: string[] = []
  let busy: Promise<void> | null = null
  let current: string | null = null
  let closed = false

  function begin(): void {
    if (busy || closed) return
    busy = (async () => {
      for (let key = waiting.shift(); key !== undefined && !closed; key = waiting.shift()) {
        current = key
        await work(key).catch(() => undefined)
      }
    })().finally(() => {
      busy = current = null
      if (waiting.length > 0) begin()
    })
  }

  function put(key: string, first: boolean): void {
    if (closed || key === current) return
    if (first) waiting = [key, ...waiting.filter(other => other !== key)]
    else if (!waiting.includes(key)) waiting.push(key)
    begin()
  }

  return {
    add: key => put(key, false),
    first: key => put(key, true),
    busy: () => waiting.length > 0,
    again(key) { if (!waiting.includes(key)) waiting.push(key) },
    async idle() { while (busy) await busy },
    async close() {
      closed = true
      await busy
    },
  }
}
