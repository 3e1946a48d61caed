import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { PresenterPosition, Turnout } from '../../shared/contracts/live.ts'
import type { Connections } from '../../shared/meeting/attendance/connections.ts'
import type { MeetingPeople } from '../../shared/contracts/http/meetings.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import type { Commands, CommandType } from '../../shared/meeting/command.ts'
import { entry } from '../../shared/meeting/entities.ts'
import { closedRefusal, isLeader, may as mayNow, permissionRefusal } from '../../shared/meeting/permission.ts'
import type { InkBatch, Laser } from '../../shared/meeting/presentation/pointing.ts'
import type { Position } from '../../shared/meeting/presentation/position.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { MeetingPermission } from '../../shared/permissions/meeting.ts'
import { LiveMeeting } from '../connection/live.ts'
import type { CommandOutcome, WaitingCommand } from '../connection/outbox.ts'
import type { LiveState, SendOptions } from '../connection/state.ts'
import { currentLanguage } from '../i18n/index.ts'
import { useNames } from './people.ts'
import { usePointing } from './presentation/pointing.ts'
import { usePreview } from './preview.ts'

/**
 * The one meeting this page is in. `view` is an immutable value that is replaced as a whole (never made deeply reactive), folded
 * from the hub's frames; what a person may do is asked with the hub's own rules.
 */
export const useMeetingStore = defineStore('meeting', () => {
  const view = shallowRef<MeetingView | null>(null)
  const connection = shallowRef<LiveState>({ kind: 'connecting' })
  const position = shallowRef<PresenterPosition | null>(null)
  const measured = shallowRef<Connections | null>(null)
  const turnouts = shallowRef<readonly Turnout[]>([])
  const waiting = shallowRef<readonly WaitingCommand[]>([])
  /** Hub time, renewed each second. */
  const now = ref(Date.now())
  /** Hub time of the hub's last sign of life: how old what is shown may be. */
  const lastHeard = ref(Date.now())
  /** Hub time of what is shown, while it is what this device has kept and nothing was heard from the hub. */
  let keptAt: number | null = null
  /** The hub's clock minus this device's. */
  const clockOffset = ref(0)
  const names = useNames()
  const pointing = usePointing()
  /** Chair or secretary looks at the meeting as this participant sees it. */
  const preview = usePreview((seen) => {
    view.value = seen
    if (seen) void names.know(seen)
  })
  let live: LiveMeeting | null = null
  let ticking: ReturnType<typeof setInterval> | undefined

  const isLive = computed(() => connection.value.kind === 'live')
  const me = computed(() => view.value?.me.personId ?? null)
  const participant = computed(() => (view.value && me.value ? (entry(view.value.participants, me.value) ?? null) : null))
  const leads = computed(() => view.value !== null && me.value !== null && isLeader(view.value, me.value))

  /** Measured presence, for chair and secretary; null for everybody else. Never merged with what was declared. */
  const connections = computed(() => (leads.value ? measured.value : null))

  /** Joins a meeting; leaves the one before. `as`: shows it as that participant sees it, for looking only. */
  function enter(meetingId: string, { projector = false, as = null }: { projector?: boolean; as?: string | null } = {}): void {
    leave()
    preview.begin(as)
    live = new LiveMeeting({ meetingId, language: currentLanguage(), projector }, {
      state: (state) => {
        connection.value = state
        if (state.kind === 'refused') view.value = null
        tick()
      },
      view: (next) => {
        if (preview.personId.value !== null) return preview.refresh(next)
        keptAt = null
        view.value = next
        void names.know(next)
      },
      position: (next) => (position.value = next),
      laser: pointing.point,
      ink: pointing.draw,
      connections: (next) => (measured.value = next),
      turnouts: (next) => (turnouts.value = next),
      waiting: (commands) => (waiting.value = commands),
    })
    live.connect()
    ticking = setInterval(tick, 1000)
    for (const event of wakeUps) addEventListener(event, check)
  }

  function leave(): void {
    clearInterval(ticking)
    for (const event of wakeUps) removeEventListener(event, check)
    live?.close()
    live = null
    preview.begin(null)
    keptAt = view.value = position.value = measured.value = null
    turnouts.value = []
    waiting.value = []
    connection.value = { kind: 'connecting' }
    names.forget()
    pointing.forget()
  }

  function tick(): void {
    if (!live) return
    now.value = live.clock.at()
    lastHeard.value = keptAt ?? live.clock.at(live.lastHeard)
    clockOffset.value = now.value - Date.now()
  }

  function check({ type }: Event): void {
    // A device that says its network is gone is hardly ever wrong: its owner is told within the second.
    if (document.visibilityState === 'visible') live?.check(type === 'offline' ? 700 : undefined)
  }

  /** Shows what this device has kept, until the hub is heard. Its age is the view's own: `at`, hub time. */
  function showKept(kept: { view: MeetingView; at: number }, people: MeetingPeople): void {
    if (!live || view.value !== null || 'reason' in connection.value || preview.personId.value !== null) return
    keptAt = kept.at
    names.take(people)
    view.value = kept.view
    if (connection.value.kind === 'connecting') connection.value = { kind: 'lost' }
    tick()
  }

  /** See LiveMeeting.send. */
  async function send<T extends CommandType>(type: T, data: Commands[T], options: SendOptions = {}): Promise<CommandOutcome> {
    const unfit = previewRefusal()
    if (unfit) return { ok: false, kind: 'refused', refusal: unfit }
    return live ? live.send(type, data, options) : { ok: false, kind: 'notConnected' }
  }

  /** The line itself, for the bridge; null: in no meeting. */
  function socket(): LiveMeeting['socket'] | null {
    return live?.socket ?? null
  }

  function sendPosition(next: Position): void {
    if (preview.personId.value === null) live?.sendPosition(next)
  }

  /** Own signals are seen on this screen at once. */
  function sendLaser(next: Laser | null): void {
    if (preview.personId.value !== null) return
    pointing.point(next)
    live?.sendLaser(next)
  }

  function sendInk(batch: InkBatch): void {
    if (preview.personId.value !== null) return
    pointing.draw(batch)
    live?.sendInk(batch)
  }

  function previewRefusal(): Refusal | null {
    return preview.personId.value === null ? null : refusal('preview.readOnly')
  }

  function may(permission: MeetingPermission): boolean {
    return view.value !== null && me.value !== null && mayNow(view.value, me.value, permission)
  }

  /** Why this person may not send such a command now, as far as permission and the meeting's end go; null when nothing stands against it. */
  function refusalOf(type: CommandType): Refusal | null {
    if (!view.value || !me.value) return null
    return previewRefusal() ?? permissionRefusal(view.value, me.value, type) ?? closedRefusal(view.value)
  }

  /** What the hub has told of an open vote's turnout; null before it has. */
  function turnoutOf(voteId: string): Turnout | null {
    return turnouts.value.find((one) => one.voteId === voteId) ?? null
  }

  function nameOf(personId: string | null): string {
    return (personId && names.people.value.get(personId)?.name) || '…'
  }

  return {
    view, connection, position, turnouts, connections, waiting, now, lastHeard, clockOffset, isLive, me, participant, leads,
    previewed: preview.personId, previewFailure: preview.failure,
    people: names.people, units: names.units, sites: names.sites,
    laser: pointing.laser, strokes: pointing.strokes, strokeSettled: pointing.settled,
    enter, leave, showKept, send, socket, sendPosition, sendLaser, sendInk, may, refusalOf, turnoutOf, nameOf,
  }
})

/** A tablet that was asleep, or whose network came or went, asks at once whether the line still holds. */
const wakeUps = ['online', 'offline', 'visibilitychange'] as const
