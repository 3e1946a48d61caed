/** A thread that documents live in. Whatever an update does to it, it does not do to the hub: the hub ends a thread that takes too long. */
import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import { CommonDocument } from './common.ts'
import { OwnDocument } from './own.ts'
import { monotonic, threadNumber } from './clock.ts'
import type { Call, Job, Part, Reply, Results, WorkerData } from './protocol.ts'

export interface LiveDocument {
  open(parts: Part[]): Results['open']
  merge(messages: Extract<Job, { kind: 'merge' }>['messages'], at: (index: number) => void): Results['merge']
}

const hub = parentPort
if (!hub) throw new Error('not a thread')
const at = new Float64Array((workerData as WorkerData).at)
at[4] = threadNumber()
const documents = new Map<string, LiveDocument>()

function work(job: Job, begin: (index: number) => void): Results[keyof Results] {
  switch (job.kind) {
    case 'open': {
      const document = job.parts.some(({ owner }) => owner !== null) || job.name.endsWith('/common') ? new CommonDocument() : new OwnDocument()
      const opened = document.open(job.parts)
      documents.set(job.name, document)
      return opened
    }
    case 'merge': {
      const document = documents.get(job.name)
      if (!document) throw new Error('no such document')
      return document.merge(job.messages, begin)
    }
    case 'drop':
      documents.delete(job.name)
      return null
    case 'pack': {
      const doc = new Y.Doc()
      Y.transact(doc, () => job.updates.forEach((update) => Y.applyUpdate(doc, update)))
      return Y.encodeStateAsUpdate(doc)
    }
  }
}

/** The same clock that the hub reads, where there is one. */
function working(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

hub.on('message', ({ id, job }: Call) => {
  const begin = (index: number) => {
    at[0] = id
    at[1] = index
    at[3] = working()
    at[2] = monotonic()
  }
  begin(-1)
  let reply: Reply
  try {
    reply = { id, result: work(job, begin) }
  } catch (error) {
    reply = { id, error: String(error) }
  }
  at[2] = 0
  hub.postMessage(reply)
})
