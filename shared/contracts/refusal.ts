import type { RefusalCode } from './sentences.ts'

/** Vietnamese is the first language; English is complete. */
export type Language = 'vi' | 'en'

export type { RefusalCode }
export type RefusalParams = Record<string, string | number>

/** Why something was not done. Nothing has changed when one is returned. */
export interface Refusal {
  code: RefusalCode
  params?: RefusalParams
}

/** A refusal as it travels: the code for programs, the sentence for the person who reads it. */
export interface RefusalAnswer extends Refusal {
  sentence: string
}

export function refusal(code: RefusalCode, params?: RefusalParams): Refusal {
  return params ? { code, params } : { code }
}

/** Thrown by code at the edges that cannot return a refusal; the error handler turns it into an answer. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: Refusal
  constructor(code: RefusalCode, params?: RefusalParams) {
    super(code)
    this.refusal = refusal(code, params)
  }
}

/** @throws Refused */
export function must(reason: Refusal | null): void {
  if (reason) throw new Refused(reason.code, reason.params)
}
