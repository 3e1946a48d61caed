import { Type } from 'typebox'
import type { MeetingView } from '../../meeting/view.ts'
import { Id } from '../fields.ts'

export const PreviewParams = Type.Object({ meetingId: Id, personId: Id }, { additionalProperties: false })

/** What a participant sees now, without anything of his alone. The view is the one that the socket's join answers with. */
export const PreviewAnswer = Type.Object(
  { view: Type.Unsafe<MeetingView>(Type.Object({}, { additionalProperties: true })) },
  { additionalProperties: false },
)
export interface PreviewAnswer { view: MeetingView }
