import { describe, expect, test } from 'vitest'
import { choices, type Choice, type ElectionMatter } from '../../../shared/meeting/votes/matter.ts'
import { voteBases, type CustomRule, type VoteBase } from '../../../shared/meeting/votes/rule.ts'
import { council } from '../../support/meeting/council.ts'
import { seal } from '../../support/meeting/sealing.ts'
import { tableUnder } from '../../support/meeting/tables.ts'
import { only, type Rehearsal } from '../../support/meeting/rehearsal.ts'

const page = new URL('./worked-examples.md', import.meta.url)
const thresholdNames: Record<string, CustomRule['threshold']> = { '> 1/2': 'moreThanHalf', '≥ 2/3': 'twoThirds', '≥ 3/4': 'threeQuarters', '≥ 4/5': 'fourFifths', all: 'unanimity', relative: 'relative' }
const quorumNames: Record<string, CustomRule['quorum']> = { none: 'none', '1/2': 'half', '2/3': 'twoThirds' }
const choiceNames: Record<string, Choice | null> = { A: 'approve', N: 'reject', abstain: 'abstain', silent: null }

type Row = Record<string, string>
const number = (row: Row, name: string) => Number(row[name])

function ruleOfRow(row: Row): CustomRule {
  const [threshold, quorum] = [thresholdNames[row.threshold ?? ''], quorumNames[row.quorum ?? 'none']]
  const base = voteBases.find((one) => one === row.base)
  if (!threshold || !quorum || !base) throw new Error(`what rule is ${JSON.stringify(row)}?`)
  return { base, threshold, tie: row.tie === 'chairSide' ? 'chairSide' : 'rejected', quorum, changeable: false }
}

/** Closes, and counts what was sealed, as the hub does. */
function finish(meeting: Rehearsal, voteId: string) {
  meeting.do('chair', 'votes:close', { voteId })
  if (meeting.state.votes[voteId]?.method === 'secret') meeting.do(null, 'votes:count', { voteId })
  expect(meeting.state.votes[voteId]?.status).toBe('published')
  return meeting.state.votes[voteId]?.result
}

/** The chair first, as the row says; then the others, until every number of the row is reached. */
function whoCasts(row: Row, people: readonly string[]): [string, Choice | 'invalid'][] {
  const left: Record<Choice | 'invalid', number> = { approve: number(row, 'A'), reject: number(row, 'N'), abstain: number(row, 'abstain'), invalid: number(row, 'invalid') }
  const ballots: [string, Choice | 'invalid'][] = []
  const chair = choiceNames[row.chair ?? '']
  const [, ...others] = people
  if (chair) {
    ballots.push(['chair', chair])
    left[chair] -= 1
  }
  for (const choice of [...choices, 'invalid'] as const) {
    for (; left[choice] > 0; left[choice] -= 1) ballots.push([others.shift() ?? 'nobody', choice])
  }
  return ballots
}

describe.each(['Base × threshold', 'Ties', 'Quorum'])('%s', (heading) => {
  test.each(tableUnder(page, heading).map((row): [string, Row] => [`${row.members} members, ${row.A}:${row.N}, ${row.threshold} of ${row.base}: ${row.verdict} (${row.arithmetic})`, row]))('%s', (_name, row) => {
    const { meeting, item, people } = council(number(row, 'members'))
    const secret = number(row, 'invalid') > 0
    const voteId = meeting.openVote(item, 'custom', { method: secret ? 'secret' : 'named', rule: ruleOfRow(row) })
    const ballots = whoCasts(row, people)
    for (const [personId, choice] of ballots) {
      if (secret) meeting.do(personId, 'votes:cast', { voteId, sealed: seal(choice === 'invalid' ? choices : [choice]) })
      else if (choice !== 'invalid') meeting.do(personId, 'votes:cast', { voteId, choice })
    }
    const voters = new Set(ballots.map(([personId]) => personId))
    const leaving = number(row, 'members') - number(row, 'present')
    for (const personId of people.filter((one) => !voters.has(one)).reverse().slice(0, leaving)) meeting.do(personId, 'attendance:declare', { presence: 'absent' })
    expect(finish(meeting, voteId)).toMatchObject({
      kind: 'question',
      counts: { approve: number(row, 'A'), reject: number(row, 'N'), abstain: number(row, 'abstain'), invalid: number(row, 'invalid'), silent: number(row, 'members') - voters.size },
      totalMembers: number(row, 'members'), present: number(row, 'present'), cast: voters.size, valid: voters.size - number(row, 'invalid'),
      base: number(row, 'T'), needed: number(row, 'needed'),
      passed: row.verdict === 'pass' || row.verdict === 'chair +',
      decidedBy: row.verdict?.startsWith('chair') || (row.verdict === 'no quorum' && row.tie === 'chairSide') ? 'chairSide' : 'threshold',
      quorum: { met: row.verdict !== 'no quorum' },
    })
  })
})

/** "8/4/0" as the choices it stands for, the chair's first when he is among them. */
function choicesOf(cell: string | undefined, chair: Choice | null): Choice[] {
  const counts = (cell ?? '').split('/').map(Number)
  const all = choices.flatMap((choice, place) => Array<Choice>(counts[place] ?? 0).fill(choice))
  return chair ? [chair, ...all.toSpliced(all.indexOf(chair), 1)] : all
}

test.each(tableUnder(page, 'Tablets, hands and telephone').map((row): [string, Row] => [`${row.tablets} by tablet, ${row.hands} by hand, ${row.telephone} by telephone, names: ${row.names}: ${row.verdict} (${row.arithmetic})`, row]))('%s', (_name, row) => {
  const { meeting, item, people } = council(number(row, 'members'))
  const [where = '', side = ''] = row.chair?.split(' ') ?? []
  const chair = choiceNames[side] ?? null
  const left = people.filter((personId) => personId !== 'chair')
  const voters = (['tablets', 'hands', 'telephone'] as const).map((column) => {
    const votes = choicesOf(row[column], where.startsWith(column.slice(0, 5)) ? chair : null)
    const there = votes.map((_, index) => (index === 0 && where.startsWith(column.slice(0, 5)) ? 'chair' : left.shift() ?? 'nobody'))
    return there.map((personId, index) => ({ personId, choice: votes[index] as Choice }))
  })
  const [byTablet = [], ...counted] = voters
  for (const [index, persons] of counted.entries()) {
    for (const { personId } of persons) meeting.do(personId, 'attendance:declare', { presence: 'atSite', siteId: `site-${index + 1}` })
  }
  const voteId = meeting.openVote(item, 'custom', { rule: ruleOfRow(row) })
  for (const ballot of byTablet) meeting.do(ballot.personId, 'votes:cast', { voteId, choice: ballot.choice })
  for (const [index, persons] of counted.entries()) {
    if (persons.length === 0) continue
    const { countId } = only(meeting.do('secretary', 'hands:begin', { voteId, siteId: `site-${index + 1}`, channel: index === 0 ? 'hands' : 'telephone' }), 'hands.begun')
    expect(meeting.refusal(persons.at(-1)?.personId ?? '', 'votes:cast', { voteId, choice: 'approve' }).code).toBe('hands.tabletsLocked')
    const counts = { approve: 0, reject: 0, abstain: 0 }
    for (const { choice } of persons) counts[choice] += 1
    meeting.do('secretary', 'hands:enter', row.names === 'yes' ? { countId, persons } : { countId, counts })
    expect(meeting.refusal('chair', 'votes:close', { voteId }).code).toBe('hands.unconfirmed')
    meeting.do('chair', 'hands:confirm', { countId })
  }
  const leaving = number(row, 'members') - number(row, 'present')
  for (const personId of left.reverse().slice(0, leaving)) meeting.do(personId, 'attendance:declare', { presence: 'absent' })
  const cast = voters.flat().length
  const sourceOf = (cell: string | undefined) => Object.fromEntries((cell ?? '').split('/').map((count, place) => [choices[place], Number(count)]))
  expect(finish(meeting, voteId)).toMatchObject({
    counts: { approve: number(row, 'A'), reject: number(row, 'N'), silent: number(row, 'members') - cast },
    sources: { tablet: sourceOf(row.tablets), hands: sourceOf(row.hands), telephone: sourceOf(row.telephone) },
    present: number(row, 'present'), cast, base: number(row, 'T'), needed: number(row, 'needed'),
    passed: row.verdict === 'pass' || row.verdict === 'chair +', decidedBy: row.verdict?.startsWith('chair') ? 'chairSide' : 'threshold', quorum: { met: true },
  })
})

test.each(tableUnder(page, 'Substitutes').map((row): [string, Row] => [`${row.substitutes} substitutes, they vote: ${row['they vote']}, ${row.A} in favour: ${row.verdict} (${row.arithmetic})`, row]))('%s', (_name, row) => {
  const replaced = Array.from({ length: number(row, 'substitutes') }, (_, index) => `member-${index + 2}`)
  const vote = row['they vote'] === 'yes'
  const { meeting, item, people } = council(9, replaced)
  if (vote) meeting.do('secretary', 'attendance:setRules', { substitutesVote: true })
  for (const personId of replaced) {
    meeting.do(personId, 'invitations:substitute', { substituteId: `for-${personId}`, reason: 'Đi công tác' })
    meeting.do('chair', 'invitations:decide', { personId, agreed: true })
    meeting.do(`for-${personId}`, 'attendance:declare', { presence: 'inRoom' })
  }
  const voteId = meeting.draftVote(item, 'councilMajority')
  if (row.verdict === 'not opened') {
    expect(meeting.refusal('chair', 'votes:open', { voteId })).toEqual({ code: 'votes.noQuorum', params: { present: number(row, 'present'), needed: 6, members: 9 } })
    return
  }
  meeting.do('chair', 'votes:open', { voteId })
  for (const personId of replaced) {
    if (vote) expect(meeting.refusal(personId, 'votes:cast', { voteId, choice: 'reject' }).code).toBe('votes.notEntitled')
    else expect(meeting.refusal(`for-${personId}`, 'votes:cast', { voteId, choice: 'reject' }).code).toMatch(/permission.denied|votes.notEntitled/)
  }
  const voters = [...(vote ? replaced.map((personId) => `for-${personId}`) : []), ...people.filter((personId) => !replaced.includes(personId))]
  for (const [index, personId] of voters.entries()) meeting.do(personId, 'votes:cast', { voteId, choice: index < number(row, 'A') ? 'approve' : 'reject' })
  expect(finish(meeting, voteId)).toMatchObject({ base: number(row, 'T'), needed: number(row, 'needed'), present: number(row, 'present'), passed: row.verdict === 'pass' })
})

const candidates = ['A', 'B', 'C'].map((candidateId) => ({ candidateId, label: `Ứng cử viên ${candidateId}` }))

test.each(tableUnder(page, 'Elections').map((row): [string, Row] => [`${row.seats} of three, ${row.threshold} of ${row.base}, ${row.ballots}: ${row.elected || 'nobody'} (${row.arithmetic})`, row]))('%s', (_name, row) => {
  const { meeting, item, people } = council(number(row, 'members'))
  const matter: ElectionMatter = { kind: 'election', candidates, least: 1, most: number(row, 'most'), seats: number(row, 'seats') }
  const secret = row.ballots?.includes('!') === true
  const voteId = meeting.openVote(item, 'custom', { method: secret ? 'secret' : 'named', matter, rule: ruleOfRow(row) })
  const voters = [...people]
  for (const part of row.ballots?.split(' ') ?? []) {
    const [marks = '', times = '0'] = part.split('×')
    const chosen = marks === '–' ? [] : marks === '!' ? ['A', 'B', 'C'] : [...marks]
    for (let count = 0; count < Number(times); count += 1) {
      meeting.do(voters.shift() ?? 'nobody', 'votes:cast', secret ? { voteId, sealed: seal(chosen, matter) } : { voteId, chosen })
    }
  }
  const listed = (cell = '') => cell.split(' ').filter(Boolean)
  const base: VoteBase | undefined = ruleOfRow(row).base
  const result = finish(meeting, voteId)
  expect(result).toMatchObject({
    kind: 'election', base: number(row, 'T'), needed: number(row, 'needed'), elected: listed(row.elected), tied: listed(row.tied),
    votes: Object.fromEntries(listed(row.votes).map((votes, place) => ['ABC'[place], Number(votes)])), passed: listed(row.elected).length > 0,
  })
  expect(result?.[base]).toBe(number(row, 'T'))
})
