/**
 * câu hỏi xen, ý kiến ngắn, vấn đề quy trình, tranh luận, phát biểu, trả lời; the first three in this order go before all others
 * (DOMAIN.md 2.2). An answer stands under the entry it answers.
 */
export const entryKinds = ['interposedQuestion', 'intervention', 'pointOfOrder', 'debate', 'speech', 'answer'] as const
export type EntryKind = (typeof entryKinds)[number]

export const stances = ['pro', 'contra'] as const
export type Stance = (typeof stances)[number]

/** waiting → speaking → (paused ⇄ speaking) → finished; withdrawn from waiting. */
export type EntryStatus = 'waiting' | 'speaking' | 'paused' | 'finished' | 'withdrawn'

export const pauseReasons = ['chair', 'interposed', 'connection', 'recess'] as const
export type PauseReason = (typeof pauseReasons)[number]

/** Taken back or taken off, or its item was closed or removed, or what it answers went. */
export type WithdrawalReason = 'self' | 'removed' | 'itemFinished' | 'itemRemoved' | 'answered'

/** That a hand was laid on the order, and whose: everybody can see it. */
export interface Intervened {
  by: string | null
  at: number
  reason: string
}

/** One request for the floor and, once it is given, the speech. It belongs to a person at a site; a site may be called as a whole. */
export interface FloorEntry {
  entryId: string
  kind: EntryKind
  /** The list it stands on: an agenda item's, or, null, that of no item. */
  itemId: string | null
  /** Null: a site as a whole (`siteId`), or a question from the hall that names nobody. */
  personId: string | null
  /** Where the person sits; null: the main room. */
  siteId: string | null
  /** Whose quota the time is taken from. */
  groupId: string | null
  /** Of a point of order. */
  categoryId: string | null
  note: string | null
  stance: Stance | null
  /** The contribution star: something to say, not only to ask. */
  contribution: boolean
  answersId: string | null
  /** Registered before its item was on. */
  advance: boolean
  status: EntryStatus
  /** Sort key among those waiting on the same list; '' when it does not wait. */
  rank: string
  requestedAt: number
  requestedBy: string | null
  /** Last moved by hand, or called out of turn. */
  moved: Intervened | null
  /** Put back on top after having been ended. */
  readded: boolean
  withdrawn: { by: string | null; at: number; because: WithdrawalReason; reason: string | null } | null
  /** Speaking time, frozen when the floor is given, and what was added since; null: no limit. */
  limitSeconds: number | null
  beganAt: number | null
  endedAt: number | null
  /** Milliseconds spoken up to the last pause or end. */
  spokenMs: number
  /** Since when the speech runs; null while it does not. */
  runningSince: number | null
  pausedBecause: PauseReason | null
  /** A lost connection keeps the place until then. */
  heldUntil: number | null
}

/** Seconds; null: no limit. */
export interface SpeakingLimits {
  speech: number | null
  debate: number | null
  /** The speech of whoever presents the item. */
  presentation: number | null
  intervention: number | null
  interposedQuestion: number | null
  pointOfOrder: number | null
  answer: number | null
}

/** Lower ranks first. */
export interface PointOfOrderCategory {
  categoryId: string
  title: string
  rank: number
}

export const advanceRules = ['first', 'last', 'refused'] as const
export const contributionMarks = ['none', 'first', 'count'] as const

export interface FloorSettings {
  presentOnly: boolean
  multipleEntries: boolean
  /** Each list begins closed. */
  initiallyClosed: boolean
  /** Whether everybody may know how many are waiting. Otherwise: the next three, and oneself. */
  showAmount: boolean
  /** Whether everybody may read the notes. Otherwise: chair, secretary, and the one who wrote it. */
  notesToAll: boolean
  /** Beside a name: that it is the first contribution, or how many there were. */
  showContributions: (typeof contributionMarks)[number]
  interposedQuestions: boolean
  interventions: boolean
  pointsOfOrderWhenClosed: boolean
  pointsOfOrderForOthers: boolean
  /** Where those registered in advance stand among ordinary speeches. */
  advance: (typeof advanceRules)[number]
  /** Debate (tranh luận) goes before new speeches. */
  debateFirst: boolean
  categories: PointOfOrderCategory[]
  limits: SpeakingLimits
  /** Shorter times, which hold for whoever is called while at least `reduceFrom` are waiting; null: never, 0: always. */
  reducedLimits: Pick<SpeakingLimits, 'speech' | 'debate'>
  reduceFrom: number | null
  /** Before the limit the clock warns. */
  warningSeconds: number
  /** How long a lost connection keeps the speaker's place. */
  keepSeconds: number
}

/** A group (tổ, đoàn, khối) and its time; what remains may go below zero. */
export interface FloorGroup {
  groupId: string
  title: string
  personIds: string[]
  initialSeconds: number
  /** Compensation for other groups' overruns. */
  addedMs: number
  /** By speeches that do not run any more. */
  usedMs: number
}

export interface Floor {
  /** Whether the list of what is on takes requests. */
  open: boolean
  settings: FloorSettings
  groups: Record<string, FloorGroup>
}

/** 7 minutes to speak and 3 to debate, 5 and 2 when many have registered, 10 to present: the National Assembly's practice (DOMAIN.md 2.2). */
export const usualFloor: Floor = {
  open: true,
  settings: {
    presentOnly: true,
    multipleEntries: false,
    initiallyClosed: false,
    showAmount: true,
    notesToAll: false,
    showContributions: 'first',
    interposedQuestions: false,
    interventions: false,
    pointsOfOrderWhenClosed: true,
    pointsOfOrderForOthers: false,
    advance: 'first',
    debateFirst: false,
    categories: [],
    limits: { speech: 420, debate: 180, presentation: 600, intervention: 120, interposedQuestion: 60, pointOfOrder: 120, answer: 180 },
    reducedLimits: { speech: 300, debate: 120 },
    reduceFrom: null,
    warningSeconds: 60,
    keepSeconds: 60,
  },
  groups: {},
}
