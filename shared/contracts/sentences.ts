import type { Language, Refusal, RefusalAnswer } from './refusal.ts'
import { commonRefusals } from './refusals/common.ts'
import { directoryRefusals } from './refusals/directory.ts'
import { doorRefusals } from './refusals/doors.ts'
import { floorRefusals } from './refusals/floor.ts'
import { markRefusals } from './refusals/marks.ts'
import { mediaRefusals } from './refusals/media.ts'
import { meetingRefusals } from './refusals/meeting.ts'
import { paperRefusals } from './refusals/papers.ts'
import { recordingHubRefusals, recordingRefusals } from './refusals/recording.ts'
import { siteRefusals } from './refusals/sites.ts'
import { stageRefusals } from './refusals/stage.ts'

const sentences = { ...commonRefusals, ...directoryRefusals, ...meetingRefusals, ...floorRefusals, ...paperRefusals, ...markRefusals, ...siteRefusals, ...stageRefusals, ...mediaRefusals, ...doorRefusals, ...recordingRefusals, ...recordingHubRefusals }

export type RefusalCode = keyof typeof sentences

export const refusalCodes = Object.keys(sentences) as RefusalCode[]

/** The refusal's sentence in `language`, with its parameters filled in. */
export function refusalSentence({ code, params }: Refusal, language: Language): string {
  return sentences[code][language].replace(/\{(\w+)\}/g, (whole, name: string) => String(params?.[name] ?? whole))
}

export function refusalAnswer(reason: Refusal, language: Language): RefusalAnswer {
  return { ...reason, sentence: refusalSentence(reason, language) }
}
