import { shallowRef } from 'vue'
import type { Refusal, RefusalAnswer } from '../../shared/contracts/refusal.ts'
import type { CommandOutcome } from '../connection/outbox.ts'
import { currentLanguage, t } from '../i18n/index.ts'

/** The sentences of all refusals: 30 kB that no first sight of a meeting needs, so they come with the rest of the words. */
const known = shallowRef<typeof import('../../shared/contracts/sentences.ts') | null>(null)

let fetching: Promise<void> | null = null

/** Fetches the sentences, once; what is on the screen is said anew when they are there. */
export function knowSentences(): Promise<void> {
  fetching ??= import('../../shared/contracts/sentences.ts').then((sentences) => void (known.value = sentences)).catch((error: unknown) => {
    fetching = null
    throw error
  })
  return fetching
}

/**
 * A refusal in the language of the moment. One that only a newer hub knows keeps the sentence the hub sent, as does every one in the
 * moment before the sentences have come; one found by this page itself says nothing until then.
 */
export function sentenceOf(refusal: Refusal | RefusalAnswer): string {
  const sent = 'sentence' in refusal ? refusal.sentence : ''
  if (known.value === null) {
    setTimeout(() => void knowSentences().catch(() => undefined), sent === '' ? 1500 : 0)
    return sent
  }
  return known.value.refusalCodes.includes(refusal.code) ? known.value.refusalSentence(refusal, currentLanguage()) : sent
}

/** Why a command was not done, for the person who gave it; null when it was. */
export function whyNot(outcome: CommandOutcome): string | null {
  if (outcome.ok) return null
  if (outcome.kind === 'refused') return sentenceOf(outcome.refusal)
  return t(outcome.kind === 'notConnected' ? 'meeting.notSent' : 'meeting.unanswered')
}
