import { refusal } from '../../contracts/refusal.ts'
import type { Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import { commentRefusal, shareRefusal, submitRefusal, withdrawRefusal } from './rules.ts'
import { shareKey } from './state.ts'

type MarkCommand = 'marks:share' | `comments:${'submit' | 'withdraw' | 'disclose' | 'answer'}`

export const markDeciders: Deciders<MarkCommand> = {
  'marks:share': (state, data, { personId }) => {
    const wrong = shareRefusal(state, personId, data)
    if (wrong) return wrong
    const known = entry(state.markShares, shareKey(data.paperId, personId))?.withPersons ?? []
    const same = known.length === data.withPersons.length && known.every((one) => data.withPersons.includes(one))
    return same ? refusal('marks.unchanged') : [{ type: 'marks.shared', data: { paperId: data.paperId, ownerId: personId, withPersons: data.withPersons } }]
  },

  'comments:submit': (state, data, { personId, newId }) =>
    submitRefusal(state, personId, data) ?? [{ type: 'comment.submitted', data: { commentId: newId(), personId, ...data } }],

  'comments:withdraw': (state, { commentId }, { personId }) =>
    withdrawRefusal(entry(state.comments, commentId), personId) ?? [{ type: 'comment.withdrawn', data: { commentId } }],

  'comments:disclose': (state, { commentId }) => {
    const comment = entry(state.comments, commentId)
    return commentRefusal(comment) ?? (comment?.disclosed ? refusal('comments.disclosed') : [{ type: 'comment.disclosed', data: { commentId } }])
  },

  'comments:answer': (state, { commentId, verdict, text }, { personId }) =>
    commentRefusal(entry(state.comments, commentId)) ?? [{ type: 'comment.answered', data: { commentId, personId, verdict, text: text.trim() } }],
}
