/** How values and appends become the text that both adapters keep. */
import { canonicalText } from './canonical.ts'
import { LARGEST_VALUE, ValueTooLarge, type CommandTrace, type StoredFact } from './port.ts'

/** Canonical JSON (RFC 8785). @throws ValueTooLarge, or Error for what JSON cannot carry */
export function toText(value: unknown): string {
  const text = canonicalText(value)
  const tooLarge = text.length > LARGEST_VALUE || (text.length * 3 > LARGEST_VALUE && Buffer.byteLength(text) > LARGEST_VALUE)
  if (tooLarge) throw new ValueTooLarge(`value of more than ${LARGEST_VALUE} bytes`)
  return text
}

const textOfFacts = new WeakMap<readonly StoredFact[], string>()

/** The canonical text of an append's facts, made once: it is hashed first and then written. @throws ValueTooLarge */
export function factsText(facts: readonly StoredFact[]): string {
  let text = textOfFacts.get(facts)
  if (text === undefined) textOfFacts.set(facts, (text = toText(facts)))
  return text
}

/** @throws ValueTooLarge */
export function checkBytes(bytes: Uint8Array): void {
  if (bytes.byteLength > LARGEST_VALUE) throw new ValueTooLarge(`update of more than ${LARGEST_VALUE} bytes`)
}

/** An append as it is written: its last seq, its facts and, apart, the traces of its commands (a JSON list without brackets). */
export interface AppendText { lastSeq: number; facts: string; commands: string }

/** Command traces in their short written form, flat: commandId, by, from, to, commandId, … */
export type WrittenTraces = (string | number | null)[]

/** @throws RangeError when the facts do not follow `afterSeq` one by one */
export function appendText(afterSeq: number, facts: StoredFact[]): AppendText {
  if (facts.length === 0) throw new RangeError('an append needs facts')
  const traces = new Map<string, CommandTrace>()
  facts.forEach(({ seq, commandId, by }, index) => {
    if (seq !== afterSeq + 1 + index) throw new RangeError(`fact ${seq} where ${afterSeq + 1 + index} was due`)
    if (commandId === null) return
    const trace = traces.get(commandId)
    if (trace) trace.to = seq
    else traces.set(commandId, { commandId, by, from: seq, to: seq })
  })
  const written: WrittenTraces = [...traces.values()].flatMap(({ commandId, by, from, to }) => [commandId, by, from, to])
  return { lastSeq: afterSeq + facts.length, facts: factsText(facts), commands: JSON.stringify(written).slice(1, -1) }
}

export function tracesOf(written: WrittenTraces): CommandTrace[] {
  const traces: CommandTrace[] = []
  for (let at = 0; at < written.length; at += 4) {
    traces.push({
      commandId: written[at] as string, by: written[at + 1] as string | null,
      from: written[at + 2] as number, to: written[at + 3] as number,
    })
  }
  return traces
}
