export const siteAnswers = ['present', 'absent'] as const
export type SiteAnswer = (typeof siteAnswers)[number]

/** One site (điểm cầu) as it was called, with the moments that the minutes quote. */
export interface SiteCall {
  siteId: string
  calledAt: number
  /** Null: it has not answered. */
  answer: SiteAnswer | null
  answeredAt: number | null
  /** People declared present there when it answered. */
  present: number
}

/** The latest roll call of the sites; earlier ones lie in the log. */
export interface RollCall {
  startedAt: number
  finishedAt: number | null
  calls: Record<string, SiteCall>
}
