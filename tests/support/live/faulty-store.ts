import type { Logs, Store } from '../../../server/store/port.ts'

/** What goes wrong with the next append to a meeting. */
export type Fault =
  | { kind: 'throws before writing' | 'writes, then throws' | 'never answers' | 'writes, but never answers' }
  | { kind: 'another wrote first'; write: () => Promise<void> }

/** The store port around a real store, with faults on demand in appends and reads of logs. */
export class FaultyStore {
  readonly store: Store
  /** Taken one by one, by the appends that come. */
  readonly faults: Fault[] = []
  /** While true, logs cannot be read. */
  unreadable = false
  appends = 0

  constructor(real: Store) {
    const logs: Logs = {
      append: (...input) => this.#append(real.logs, ...input),
      read: (logId, sinceSeq) => (this.unreadable ? failing() : real.logs.read(logId, sinceSeq)),
      head: (logId) => real.logs.head(logId),
      commands: (logId) => real.logs.commands(logId),
      list: (prefix) => real.logs.list(prefix),
    }
    this.store = { ...real, logs }
  }

  async #append(logs: Logs, ...input: Parameters<Logs['append']>): Promise<void> {
    this.appends += 1
    const fault = this.faults.shift()
    switch (fault?.kind) {
      case 'throws before writing':
        throw new Error('disk full')
      case 'writes, then throws':
        await logs.append(...input)
        throw new Error('the line was cut')
      case 'writes, but never answers':
        await logs.append(...input)
        return new Promise(() => {})
      case 'never answers':
        return new Promise(() => {})
      case 'another wrote first':
        await fault.write()
        return logs.append(...input)
      default:
        return logs.append(...input)
    }
  }
}

async function* failing(): AsyncGenerator<never> {
  throw new Error('disk unreadable')
}
