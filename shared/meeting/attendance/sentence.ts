import type { Language } from '../../contracts/refusal.ts'
import type { MeetingBody } from '../lifecycle/state.ts'
import type { QuorumFigures } from './quorum.ts'

const members: Record<MeetingBody, Record<Language, string>> = {
  committee: { vi: 'thành viên', en: 'members' },
  council: { vi: 'đại biểu', en: 'delegates' },
  plain: { vi: 'đại biểu có quyền biểu quyết', en: 'members with a vote' },
}

/** The quorum as it is announced: "Có mặt 41/52 thành viên; đủ túc số (cần ít nhất 35)." A body without one only hears who is there. */
export function quorumSentence({ present, members: all, needed, met }: QuorumFigures, body: MeetingBody, language: Language): string {
  const who = members[body][language]
  const here = language === 'vi' ? `Có mặt ${present}/${all} ${who}` : `${present} of ${all} ${who} present`
  if (needed === 0) return `${here}.`
  if (language === 'vi') return `${here}; ${met ? 'đủ' : 'chưa đủ'} túc số (cần ít nhất ${needed}).`
  return `${here}; ${met ? 'there is a quorum' : 'no quorum'} (at least ${needed} needed).`
}
