/**
 * The thread that owns the database, because node:sqlite blocks the thread it runs in.
 * What has arrived while a commit was under way is committed together, in one transaction.
 * Reads come after the commit of their group, so nobody sees what is not on disk.
 */
import { receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { openDatabase, statementsOf, type Synchronous } from './database.ts'
import { collabOperations } from './collab.ts'
import { logOperations } from './logs.ts'
import { recordOperations } from './records.ts'
import type { DatabaseSync } from 'node:sqlite'

export interface ThreadData { port: MessagePort; path: string; synchronous: Synchronous }
export interface Request { id: number; name: string; input: unknown[] }
export type Reply = { id: number; output: unknown } | { id: number; error: string }
export type Writes = ReturnType<typeof operationsOf>['writes']
export type Reads = ReturnType<typeof operationsOf>['reads']

type Operation = (...input: unknown[]) => unknown

function operationsOf(database: DatabaseSync) {
  const prepare = statementsOf(database)
  const logs = logOperations(prepare)
  const records = recordOperations(database, prepare)
  const collab = collabOperations(prepare)
  return {
    writes: { ...logs.writes, ...records.writes, ...collab.writes },
    reads: { ...logs.reads, ...records.reads, ...collab.reads },
  }
}

function serve({ port, path, synchronous }: ThreadData): void {
  const database = openDatabase(path, synchronous)
  const operations = operationsOf(database)
  const writes = new Map(Object.entries(operations.writes)) as Map<string, Operation>
  const reads = new Map(Object.entries(operations.reads)) as Map<string, Operation>
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const undo = database.prepare('ROLLBACK')

  port.on('message', (first: Request[]) => {
    const requests = [...first]
    for (let more = receiveMessageOnPort(port); more; more = receiveMessageOnPort(port)) requests.push(...(more.message as Request[]))
    const group = requests.filter(request => writes.has(request.name))
    if (group.length > 0) port.postMessage(writeGroup(group))
    for (const request of requests) {
      if (request.name === 'close') {
        database.close()
        port.postMessage([{ id: request.id, output: null }])
        return
      }
      const read = reads.get(request.name)
      if (read) port.postMessage([answer(request, read)])
    }
  })
  port.postMessage([{ id: 0, output: null }])

  /** Refusals (a conflict, a key that is taken) are outputs and have written nothing; an error undoes its transaction. */
  function writeGroup(group: Request[]): Reply[] {
    try {
      begin.run()
      const replies = group.map(({ id, name, input }) => ({ id, output: writes.get(name)!(...input) }))
      commit.run()
      return replies
    } catch (error) {
      if (database.isTransaction) undo.run()
      // One write's error must not fail the others; a disk that is full or failing fails each.
      return group.length > 1 ? group.flatMap(request => writeGroup([request])) : [{ id: group[0]!.id, error: String(error) }]
    }
  }
}

function answer({ id, input }: Request, operation: Operation): Reply {
  try {
    return { id, output: operation(...input) }
  } catch (error) {
    return { id, error: String(error) }
  }
}

serve(workerData as ThreadData)
