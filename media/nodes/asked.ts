import type { TSchema } from 'typebox'
import { Refused, type RefusalCode } from '../../shared/contracts/refusal.ts'
import { refusalCodes } from '../../shared/contracts/sentences.ts'
import { wrongIn } from '../wire/check.ts'
import type { Line } from '../wire/line.ts'
import type { Reply } from '../wire/messages.ts'

interface Waiting { answer: TSchema; resolve(answer: unknown): void; reject(error: Error): void; late: NodeJS.Timeout }

/** Milliseconds. A worker may be starting meanwhile. */
const answerWithin = 10_000

/** What a media process was asked and has not answered yet. */
export class Asked {
  readonly #waiting = new Map<number, Waiting>()
  #last = 0

  /** `line` null, gone before the answer, or silent: Refused `media.notReady`. @throws Error when the call failed or its answer is not what it should be */
  ask(line: Line | null, room: string | null, call: string, args: readonly unknown[], answer: TSchema): Promise<unknown> {
    if (!line) return Promise.reject(new Refused('media.notReady'))
    const id = (this.#last += 1)
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(id)
        reject(new Refused('media.notReady'))
      }, answerWithin)
      this.#waiting.set(id, { answer, resolve, reject, late })
      line.send({ id, room, call, args })
    })
  }

  answered(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    // It came too late.
    if (!waiting) return
    this.#waiting.delete(reply.id)
    clearTimeout(waiting.late)
    if ('refused' in reply) {
      const { code, params } = reply.refused
      return waiting.reject(isKnown(code) ? new Refused(code, params) : new Error(`the media process refused with what nobody knows: ${code}`))
    }
    if ('failed' in reply) return waiting.reject(new Error(`the media process failed: ${reply.failed}`))
    const wrong = wrongIn(waiting.answer, reply.answer)
    if (wrong) waiting.reject(new Error(`the media process answered what does not fit: ${wrong}`))
    else waiting.resolve(reply.answer)
  }

  lost(): void {
    for (const { reject, late } of this.#waiting.values()) {
      clearTimeout(late)
      reject(new Refused('media.notReady'))
    }
    this.#waiting.clear()
  }
}

function isKnown(code: string): code is RefusalCode {
  return (refusalCodes as readonly string[]).includes(code)
}
