import type { markRefusals } from '../../../shared/contracts/refusals/marks.ts'
import type { Refusal } from '../../../shared/contracts/refusal.ts'
import { meetingInSession, only, type Rehearsal } from './rehearsal.ts'

const anchor = { page: 2, quote: null, boxes: [{ x: 0.1, y: 0.2, width: 0.3, height: 0.02 }] }

/** In session, with a paper on the open item and one on the confidential item, which `an` sees and `chi` does not. */
export function withPapers(): { meeting: Rehearsal; paperId: string; secretPaper: string } {
  const { meeting, item, secret } = meetingInSession()
  return { meeting, paperId: meeting.attach(item), secretPaper: meeting.attach(secret) }
}

/** A comment of `author` on the open paper. */
export function withComment(author = 'an'): { meeting: Rehearsal; paperId: string; commentId: string } {
  const { meeting, paperId } = withPapers()
  const { commentId } = only(meeting.do(author, 'comments:submit', { paperId, version: 1, anchor, text: 'Đề nghị làm rõ số liệu.\nTrang 2.' }), 'comment.submitted')
  return { meeting, paperId, commentId }
}

/** How each refusal about notes and comments comes about. */
export const markScenes: Record<keyof typeof markRefusals, () => Refusal> = {
  'marks.withOneself': () => {
    const { meeting, paperId } = withPapers()
    return meeting.refusal('an', 'marks:share', { paperId, withPersons: ['an'] })
  },
  'marks.cannotSee': () => {
    const { meeting, secretPaper } = withPapers()
    return meeting.refusal('an', 'marks:share', { paperId: secretPaper, withPersons: ['chair', 'chi'] })
  },
  'marks.unchanged': () => {
    const { meeting, paperId } = withPapers()
    return meeting.refusal('an', 'marks:share', { paperId, withPersons: [] })
  },
  'comments.unknown': () => withPapers().meeting.refusal('chair', 'comments:disclose', { commentId: 'toString' }),
  'comments.noSuchPlace': () => {
    const { meeting, paperId } = withPapers()
    return meeting.refusal('an', 'comments:submit', { paperId, version: 1, anchor: { ...anchor, page: 10 }, text: 'Trang nào?' })
  },
  'comments.tooMany': () => {
    const { meeting, paperId, commentId } = withComment()
    const one = meeting.state.comments[commentId]!
    meeting.state = { ...meeting.state, comments: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`c${index}`, { ...one, commentId: `c${index}` }])) }
    return meeting.refusal('an', 'comments:submit', { paperId, version: 1, anchor, text: 'Thêm' })
  },
  'comments.withdrawn': () => {
    const { meeting, commentId } = withComment()
    meeting.do('an', 'comments:withdraw', { commentId })
    return meeting.refusal('chair', 'comments:disclose', { commentId })
  },
  'comments.answered': () => {
    const { meeting, commentId } = withComment()
    meeting.do('chair', 'comments:answer', { commentId, verdict: 'accepted', text: '' })
    return meeting.refusal('an', 'comments:withdraw', { commentId })
  },
  'comments.disclosed': () => {
    const { meeting, commentId } = withComment()
    meeting.do('secretary', 'comments:disclose', { commentId })
    return meeting.refusal('secretary', 'comments:disclose', { commentId })
  },
}
