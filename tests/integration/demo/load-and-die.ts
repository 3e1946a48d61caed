/** `node load-and-die.ts <data folder> <writes>`: loads the demo and kills itself, without a word, at that write to the store. */
import { loadDemo } from '../../../server/demo/load.ts'
import type { Store } from '../../../server/store/port.ts'
import { startHub } from '../../support/hub.ts'

const [dataDir, writes] = [process.argv[2] as string, Number(process.argv[3])]
let left = writes

/** Half of the deaths come when a write has begun, half when it is done and nobody has been told. */
function mortal<T extends object>(part: T, ...names: (keyof T)[]): T {
  return new Proxy(part, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (typeof value !== 'function') return value
      if (!names.includes(name as keyof T)) return value.bind(target)
      return async (...given: unknown[]) => {
        const dies = --left === 0
        const done = (value as (...given: unknown[]) => Promise<unknown>).apply(target, given)
        if (dies && writes % 2 === 0) await done
        if (dies) process.kill(process.pid, 'SIGKILL')
        return done
      }
    },
  })
}

const { hub } = await startHub({ dataDir })
const store = hub.store as { -readonly [K in keyof Store]: Store[K] }
store.blobs.put = mortal(store.blobs, 'put').put
store.logs.append = mortal(store.logs, 'append').append
await loadDemo(hub)
await hub.close()
process.exit(0)
