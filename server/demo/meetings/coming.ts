import { openDesk, type DeskParts } from '../desk.ts'
import { mainRoom, sites } from '../province.ts'
import { chair, on, participants, plainItem, secretary } from './taking-part.ts'

const policy = 'Tiếp thu, giải trình ý kiến thành viên UBND tỉnh về dự thảo Nghị quyết'

/** Next week: published, with its papers, not yet open. */
export async function nextWeek(parts: DeskParts, now: number): Promise<void> {
  const desk = await openDesk(parts, 'next-week', secretary, {
    title: 'Phiên họp chuyên đề về xây dựng pháp luật: chính sách hỗ trợ chuyển đổi số ở cấp xã', kind: 'session', type: 'thematic', body: 'committee',
    startsAt: on(now, 7, 14, 0), endsAt: on(now, 7, 16, 30), place: mainRoom, siteIds: sites.map(site => site.id), participants: participants({ guests: false }),
  })
  const agenda = [
    { title: 'Khai mạc, thông qua chương trình', durationMinutes: 10, unitId: 'vpub', presenterId: 'chanh-van-phong' },
    { title: policy, durationMinutes: 30, unitId: 'skhcn', presenterId: 'gd-khoa-hoc' },
    { title: 'Ý kiến thẩm định của Sở Tư pháp', durationMinutes: 20, unitId: 'stp', presenterId: 'gd-tu-phap' },
    { title: 'Thảo luận, biểu quyết', durationMinutes: 60, unitId: 'ubnd' },
    { title: 'Kết luận', durationMinutes: 15, unitId: 'ubnd', presenterId: chair },
  ]
  for (const [index, item] of agenda.entries()) await desk.send(`item-${index}`, secretary, 'agenda:addItem', { ...plainItem, ...item })
  await desk.attach(policy, 'submission', 'draftResolution', 'opinionForm')
  await desk.send('publish', secretary, 'meeting:publish', {})
  // Some have answered already; two of them wait for the chair's word.
  for (const id of ['pct-thuong-truc', 'chanh-van-phong', 'gd-tai-chinh', 'gd-noi-vu', 'ct-tan-giang']) await desk.send(`accept-${id}`, id, 'invitations:accept', {})
  await desk.send('excuse', 'gd-tu-phap', 'invitations:excuse', { reason: 'Dự hội nghị của Bộ Tư pháp' })
  await desk.send('substitute', 'gd-van-hoa', 'invitations:substitute', { substituteId: 'pgd-van-hoa', reason: 'Đi công tác nước ngoài' })
}

/** In preparation: only chair and secretary see it. */
export async function december(parts: DeskParts, now: number): Promise<void> {
  const desk = await openDesk(parts, 'december', secretary, {
    title: 'Phiên họp giao ban UBND tỉnh tháng 12 năm 2026', kind: 'session', type: 'briefing', body: 'committee',
    startsAt: on(now, 30, 7, 30), endsAt: on(now, 30, 16, 45), place: mainRoom, siteIds: sites.map(site => site.id), participants: participants(),
  })
  const agenda = [
    { title: 'Báo cáo tình hình KT-XH, QP-AN năm 2026', durationMinutes: 45, unitId: 'stc', presenterId: 'gd-tai-chinh' },
    { title: 'Nhiệm vụ trọng tâm quý I năm 2027', durationMinutes: 45, unitId: 'vpub', presenterId: 'chanh-van-phong' },
  ]
  for (const [index, item] of agenda.entries()) await desk.send(`item-${index}`, secretary, 'agenda:addItem', { ...plainItem, ...item })
}
