import { refusalCodes, refusalSentence, type Refusal, type RefusalAnswer } from '../../shared/contracts/refusal.ts'
import type { CommandOutcome } from '../connection/outbox.ts'
import { currentLanguage, t } from '../i18n/index.ts'

/** A refusal in the language of the moment. One that only a newer hub knows keeps the sentence the hub sent. */
export function sentenceOf(refusal: Refusal | RefusalAnswer): string {
  if ('sentence' in refusal && !refusalCodes.includes(refusal.code)) return refusal.sentence
  return refusalSentence(refusal, currentLanguage())
}

/** Why a command was not done, for the person who gave it; null when it was. */
export function whyNot(outcome: CommandOutcome): string | null {
  if (outcome.ok) return null
  if (outcome.kind === 'refused') return sentenceOf(outcome.refusal)
  return t(outcome.kind === 'notConnected' ? 'meeting.notSent' : 'meeting.unanswered')
}
