import { FloorModel } from './floor-model.ts'

/**
 * A meeting written a second time, as small and plain as can be, to be played beside the real one (PROOF R16): who may do what
 * when (DOMAIN.md 2), what it makes of the agenda, the people, who is there, the floor and the votes. It shares no code with shared/meeting.
 */
export type Act = { by: string } & (
  | { do: 'publish' | 'open' | 'recess' | 'resume' | 'end' | 'cancel' }
  | { do: 'invite' | 'change'; person: string; role: string; votes: boolean }
  | { do: 'remove'; person: string }
  | { do: 'declare'; person: string; here: boolean }
  | { do: 'addItem'; parent: string | null }
  | { do: 'removeItem' | 'startItem' | 'finishItem'; item: string }
  | { do: 'draft'; item: string; preset: string; secret: boolean; sitting: string | null }
  | { do: 'openVote' | 'publishVote' | 'cancelVote' | 'countVote'; vote: string }
  | { do: 'closeVote' | 'closeAll'; vote: string; held: boolean }
  | { do: 'cast'; vote: string; choice: string }
  | { do: 'ask'; person: string; kind: 'speech' | 'pointOfOrder' }
  | { do: 'give'; entry: string; reason: boolean }
  | { do: 'move'; entry: string; after: string | null }
  | { do: 'endSpeech' | 'pauseSpeech' | 'resumeSpeech'; entry: string }
  | { do: 'takeBack' | 'openList' | 'closeList' }
)

export interface ModelVote {
  item: string; preset: string; secret: boolean; sitting: string | null; status: string; held: boolean
  entitled: string[]; ballots: Map<string, string>; needed: number; present: number; passed: boolean | null
}

const leading = ['chair', 'secretary']
const mayVote = [...leading, 'delegate']
const forEverybody = ['declare', 'cast']
const forSpeakers = ['ask', 'takeBack']
const maySpeak = [...mayVote, 'guest', 'presenter']
const half = (part: number, of: number) => 2 * part > of
/** By preset: does it pass, from approvals, rejections, abstentions, all entitled and all present? */
const passes: Record<string, (a: number, r: number, o: number, all: number, present: number) => boolean> = {
  committeeMajority: (a, _r, _o, all) => half(a, all), councilTwoThirds: (a, _r, _o, all) => a > 0 && 3 * a >= 2 * all,
  presentMajority: (a, _r, _o, _all, present) => half(a, present), presentUnanimity: (a, _r, _o, _all, present) => a > 0 && a === present,
  castMajority: (a, r, o) => half(a, a + r + o), opinion: (a, r) => a > r,
}
export const presets = Object.keys(passes)
const asksForQuorum = ['committeeMajority', 'councilTwoThirds']
const changeable = ['presentUnanimity', 'opinion']

export class Model {
  status = 'draft'
  people = new Map<string, { role: string; votes: boolean }>()
  here = new Map<string, boolean>()
  items = new Map<string, { parent: string | null; status: string }>()
  votes = new Map<string, ModelVote>()
  floor = new FloorModel()

  /** Does it if it may be done; `made` is the id of what it makes. False: refused, and nothing is changed. */
  step(act: Act, made: string): boolean {
    const role = this.people.get(act.by)?.role
    const mine = act.do === 'countVote' ? act.by === 'hub' : role !== undefined && (leading.includes(role) || forEverybody.includes(act.do) || (forSpeakers.includes(act.do) && maySpeak.includes(role)))
    return mine && this.status !== 'ended' && this.status !== 'cancelled' && this.#do(act, made)
  }

  #do(act: Act, made: string): boolean {
    switch (act.do) {
      case 'publish': return this.status === 'draft' && [...this.people.values()].some(({ role }) => role === 'chair') && this.items.size > 0 && this.#to('scheduled')
      case 'open': return this.status === 'scheduled' && this.#to('inSession') && (this.floor.open = true)
      case 'recess': return this.status === 'inSession' && !this.#any('open') && this.#to('recess') && this.#hush()
      case 'resume': return this.status === 'recess' && this.#to('inSession')
      case 'cancel': return ['draft', 'scheduled'].includes(this.status) && this.#to('cancelled')
      case 'end': return this.#on() && !this.#any('open', 'closed', 'counted') && this.#finish([...this.items.keys()]) && this.#to('ended') && this.#silence()
      case 'invite': return !this.people.has(act.person) && this.#seat(act)
      case 'change': return this.people.has(act.person) && this.#led(act.person, act.role) && this.#seat(act)
      case 'remove': return this.people.has(act.person) && this.#led(act.person, 'nobody') && this.people.delete(act.person) && this.#silence(act.person)
      case 'declare': return this.#declare(act)
      case 'addItem': return (act.parent === null || (this.items.has(act.parent) && this.#above(act.parent).length < 4)) && Boolean(this.items.set(made, { parent: act.parent, status: 'pending' }))
      case 'removeItem': return this.#removeItem(act.item)
      case 'startItem': return this.#startItem(act.item)
      case 'finishItem': return this.status === 'inSession' && this.items.get(act.item)?.status === 'current' && !this.#voting(this.#below(act.item)) && this.#leave(this.#below(act.item))
      case 'ask': return this.#ask(act, made)
      case 'takeBack': return this.floor.withdraw(act.by)
      case 'give': return this.#give(act)
      case 'move': return this.#waits(act.entry) && this.floor.move(act.entry, act.after, this.floor.requests.get(act.entry)!.list)
      case 'endSpeech': return this.floor.speeches.delete(act.entry)
      case 'pauseSpeech': return this.floor.speeches.get(act.entry) === true && Boolean(this.floor.speeches.set(act.entry, false))
      case 'resumeSpeech': return this.#resume(act.entry)
      case 'openList': return this.status !== 'draft' && !this.floor.open && (this.floor.open = true)
      case 'closeList': return this.status !== 'draft' && this.floor.open && !(this.floor.open = false)
      case 'draft': return this.#draft(act, made)
      case 'openVote': return this.#openVote(act.vote)
      case 'cast': return this.#cast(act)
      case 'closeVote': return this.votes.get(act.vote)?.status === 'open' && this.#close([act.vote], act.held)
      case 'closeAll': return this.votes.get(act.vote)?.status === 'open' && this.#close(this.#sitting(act.vote).filter((id) => this.#vote(id).status === 'open'), act.held)
      case 'countVote': return this.votes.get(act.vote)?.status === 'closed' && this.#count(act.vote) && this.#publish(act.vote)
      case 'publishVote': return this.votes.get(act.vote)?.status === 'counted' && !this.#sitting(act.vote).some((id) => this.#runs(id)) && this.#publish(act.vote, true)
      case 'cancelVote': return this.votes.get(act.vote)?.status === 'open' && this.#set(act.vote, 'cancelled') && this.#publish(act.vote)
    }
  }

  #to(status: string) { this.status = status; return true }
  #on() { return this.status === 'inSession' || this.status === 'recess' }
  #any(...statuses: string[]) { return [...this.votes.values()].some(({ status }) => statuses.includes(status)) }
  #led(but: string, role: string) { return leading.includes(role) || [...this.people].some(([id, one]) => id !== but && leading.includes(one.role)) }

  #seat({ person, role, votes }: { person: string; role: string; votes: boolean }): boolean {
    const chaired = [...this.people].some(([id, one]) => id !== person && one.role === 'chair')
    if ((role === 'chair' && chaired) || (votes && !mayVote.includes(role))) return false
    return Boolean(this.people.set(person, { role, votes }))
  }

  #declare({ by, person, here }: { by: string; person: string; here: boolean }): boolean {
    const allowed = this.status !== 'draft' && (by === person || leading.includes(this.people.get(by)?.role ?? ''))
    return allowed && this.people.has(person) && this.here.get(person) !== here && Boolean(this.here.set(person, here))
  }

  #above(item: string): string[] { const parent = this.items.get(item)?.parent; return parent ? [item, ...this.#above(parent)] : [item] }
  #below(item: string): string[] { return [...this.items.keys()].filter((id) => this.#above(id).includes(item)) }
  #voting(items: string[]) { return [...this.votes.values()].some(({ item, status }) => status === 'open' && items.includes(item) && this.items.get(item)?.status === 'current') }
  #finish(items: string[]) { for (const id of items) { const item = this.items.get(id); if (item?.status === 'current') item.status = 'finished' } return true }

  #removeItem(item: string): boolean {
    const below = this.#below(item)
    const held = below.some((id) => this.items.get(id)?.status !== 'pending') || [...this.votes.values()].some((vote) => below.includes(vote.item) && vote.status !== 'draft')
    if (below.length === 0 || held) return false
    for (const [id, vote] of this.votes) if (below.includes(vote.item)) this.votes.delete(id)
    for (const id of below) this.items.delete(id)
    return true
  }

  #startItem(item: string): boolean {
    const line = this.#above(item)
    const left = [...this.items].filter(([id, { status }]) => status === 'current' && !line.includes(id)).map(([id]) => id)
    if (this.status !== 'inSession' || !this.items.has(item) || this.items.get(item)?.status === 'current' || this.#voting(left)) return false
    for (const id of left) this.items.get(id)!.status = 'finished'
    for (const id of line) this.items.get(id)!.status = 'current'
    this.floor.follow(left.sort((a, b) => this.#above(b).length - this.#above(a).length), this.#current())
    return true
  }

  /** The deepest item that is on. */
  #current(): string | null {
    const on = [...this.items].filter(([, { status }]) => status === 'current').map(([id]) => id)
    return on.sort((a, b) => this.#above(b).length - this.#above(a).length)[0] ?? null
  }

  #leave(items: string[]): boolean {
    const left = items.filter((id) => this.items.get(id)?.status === 'current').sort((a, b) => this.#above(b).length - this.#above(a).length)
    this.#finish(left)
    this.floor.follow(left, this.#current())
    return true
  }

  #hush() { for (const id of this.floor.speeches.keys()) this.floor.speeches.set(id, false); return true }
  #silence(person?: string) { for (const id of this.floor.speeches.keys()) if (person === undefined || this.floor.requests.get(id)?.person === person) this.floor.speeches.delete(id); return true }
  #waits(id: string) { const one = this.floor.requests.get(id); return one !== undefined && this.floor.line(one.list).includes(id) }
  #gone(id: string) { const { person } = this.floor.requests.get(id)!; return !this.people.has(person) || !this.here.get(person) }

  #ask({ by, person, kind }: { by: string; person: string; kind: 'speech' | 'pointOfOrder' }, made: string): boolean {
    const leads = leading.includes(this.people.get(by)?.role ?? '')
    const allowed = this.#on() && (this.floor.open || kind === 'pointOfOrder' || leads) && (by === person || (leads && kind === 'speech'))
    return allowed && this.people.has(person) && this.here.get(person) === true && this.floor.ask(made, { person, kind, list: this.#current() })
  }

  /** Whose turn it is needs no reason. */
  #give({ entry, reason }: { entry: string; reason: boolean }): boolean {
    const list = this.#current()
    if (this.status !== 'inSession' || !this.floor.line(list).includes(entry) || this.#gone(entry)) return false
    const first = this.floor.line(list).find((id) => !this.#gone(id))
    return (first === entry || reason) && this.floor.give(entry, list)
  }

  #resume(id: string): boolean {
    const free = this.status === 'inSession' && this.floor.speeches.get(id) === false && !this.#gone(id) && ![...this.floor.speeches.values()].includes(true)
    return free && Boolean(this.floor.speeches.set(id, true))
  }

  #vote(id: string): ModelVote { return this.votes.get(id)! }
  #set(id: string, status: string) { this.#vote(id).status = status; return true }
  #runs(id: string) { return ['open', 'closed'].includes(this.#vote(id).status) }
  #sitting(id: string) { const { sitting } = this.#vote(id); return sitting === null ? [id] : [...this.votes.keys()].filter((other) => this.#vote(other).sitting === sitting) }
  #members() { return [...this.people].filter(([, { votes }]) => votes).map(([id]) => id) }

  #draft({ item, preset, secret, sitting }: { item: string; preset: string; secret: boolean; sitting: string | null }, made: string): boolean {
    const others = [...this.votes.values()].filter((vote) => sitting !== null && vote.sitting === sitting)
    if (!this.items.has(item) || (secret && preset === 'committeeMajority') || others.some((vote) => vote.status !== 'draft' || vote.item !== item)) return false
    return Boolean(this.votes.set(made, { item, preset, secret, sitting, status: 'draft', held: false, entitled: [], ballots: new Map(), needed: 0, present: 0, passed: null }))
  }

  #openVote(id: string): boolean {
    const members = this.#members()
    const present = members.filter((one) => this.here.get(one)).length
    if (this.votes.get(id)?.status !== 'draft' || this.status !== 'inSession' || this.#any('open') || members.length === 0) return false
    const needed = (one: string) => (asksForQuorum.includes(this.#vote(one).preset) ? Math.ceil((2 * members.length) / 3) : 0)
    if (this.#sitting(id).some((one) => present < needed(one))) return false
    for (const one of this.#sitting(id)) Object.assign(this.#vote(one), { status: 'open', entitled: members, needed: needed(one) })
    return true
  }

  #cast({ by, vote: id, choice }: { by: string; vote: string; choice: string }): boolean {
    const vote = this.votes.get(id)
    if (vote?.status !== 'open' || !mayVote.includes(this.people.get(by)?.role ?? '') || !vote.entitled.includes(by) || !this.here.get(by)) return false
    if (vote.ballots.has(by) && (vote.secret || !changeable.includes(vote.preset))) return false
    return Boolean(vote.ballots.set(by, choice))
  }

  #close(ids: string[], held: boolean): boolean {
    for (const id of ids) {
      const vote = this.#vote(id)
      Object.assign(vote, { status: 'closed', held, present: vote.entitled.filter((one) => vote.ballots.has(one) || this.here.get(one)).length })
      if (!vote.secret) this.#count(id)
    }
    return held || this.#publish(ids[0]!)
  }

  #count(id: string): boolean {
    const vote = this.#vote(id)
    const of = (choice: string) => [...vote.ballots.values()].filter((one) => one === choice).length
    const [approve, reject, abstain] = [of('approve'), of('reject'), of('abstain')]
    const chair = [...this.people].find(([, { role }]) => role === 'chair')?.[0]
    const side = approve === reject && approve > 0 && vote.preset === 'committeeMajority' ? vote.ballots.get(chair ?? '') : undefined
    const passed = side === 'approve' || (side !== 'reject' && passes[vote.preset]!(approve, reject, abstain, vote.entitled.length, vote.present))
    Object.assign(vote, { status: 'counted', passed: passed && vote.present >= vote.needed })
    return true
  }

  /** What is counted becomes public when nothing of the sitting runs any more, and nothing of it is held, unless somebody says so. */
  #publish(id: string, said = false): boolean {
    const sitting = this.#sitting(id)
    if (!said && sitting.some((one) => this.#runs(one) || (this.#vote(one).status === 'counted' && this.#vote(one).held))) return true
    for (const one of sitting) if (this.#vote(one).status === 'counted') this.#set(one, 'published')
    return true
  }
}
