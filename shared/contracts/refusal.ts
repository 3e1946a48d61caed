import { commonRefusals } from './refusals/common.ts'
import { directoryRefusals } from './refusals/directory.ts'
import { floorRefusals } from './refusals/floor.ts'
import { markRefusals } from './refusals/marks.ts'
import { meetingRefusals } from './refusals/meeting.ts'
import { paperRefusals } from './refusals/papers.ts'

/** Vietnamese is the first language; English is complete. */
export type Language = 'vi' | 'en'

const sentences = { ...commonRefusals, ...directoryRefusals, ...meetingRefusals, ...floorRefusals, ...paperRefusals, ...markRefusals }

export type RefusalCode = keyof typeof sentences
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

export const refusalCodes = Object.keys(sentences) as RefusalCode[]

export function refusal(code: RefusalCode, params?: RefusalParams): Refusal {
  return params ? { code, params } : { code }
}

/** The refusal's sentence in `language`, with its parameters filled in. */
export function refusalSentence({ code, params }: Refusal, language: Language): string {
  return sentences[code][language].replace(/\{(\w+)\}/g, (whole, name: string) => String(params?.[name] ?? whole))
}

export function refusalAnswer(reason: Refusal, language: Language): RefusalAnswer {
  return { ...reason, sentence: refusalSentence(reason, language) }
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
