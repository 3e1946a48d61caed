/** How values and appends become the text that both adapters keep. */
import canonicalize from 'canonicalize'
import { LARGEST_VALUE, ValueTooLarge, type CommandTrace, type StoredFact } from './port.ts'

/** Canonical JSON (RFC 8785). @throws ValueTooLarge, or Error for what JSON cannot carry */
export function toText(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  const tooLarge = text.length > LARGEST_VALUE || (text.length * 3 > LARGEST_VALUE && Buffer.byteLength(text) > LARGEST_VALUE)
  if (tooLarge) throw new ValueTooLarge(`value of more than ${LARGEST_VALUE} bytes`)
  return text
}

/** An append as it is written: its last seq, its facts and, apart, the traces of its commands. */
export interface AppendText { lastSeq: number; facts: string; commands: string }

/** A command trace in its short written form. */
export type WrittenTrace = [commandId: string, by: string | null, from: number, to: number]

/** @throws RangeError when the facts do not follow `afterSeq` one by one */
export function appendText(afterSeq: number, facts: StoredFact[]): AppendText {
  if (facts.length === 0) throw new RangeError('an append needs facts')
  const traces = new Map<string, WrittenTrace>()
  facts.forEach((fact, index) => {
    if (fact.seq !== afterSeq + 1 + index) throw new RangeError(`fact ${fact.seq} where ${afterSeq + 1 + index} was due`)
    if (fact.commandId === null) return
    const trace = traces.get(fact.commandId)
    if (trace) trace[3] = fact.seq
    else traces.set(fact.commandId, [fact.commandId, fact.by, fact.seq, fact.seq])
  })
  return { lastSeq: afterSeq + facts.length, facts: toText(facts), commands: JSON.stringify([...traces.values()]) }
}

export function traceOf([commandId, by, from, to]: WrittenTrace): CommandTrace {
  return { commandId, by, from, to }
}
