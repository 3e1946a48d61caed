import { defineStore } from 'pinia'
import { computed, markRaw, reactive, ref, shallowRef, watch } from 'vue'
import type { LadderMessage, StageMessage } from '../../shared/contracts/media.ts'
import type { Source } from '../../shared/media/peer.ts'
import { MediaLine } from '../connection/media-line.ts'
import { t } from '../i18n/index.ts'
import { useMeetingStore } from '../meeting/store.ts'
import { sentenceOf } from '../meeting/sentence.ts'
import { toast } from '../ui/toasts.ts'
import { actOn } from './acts.ts'
import { chosenDevices, keepDevices } from './chosen.ts'
import { OwnMedia } from './own-media.ts'
import type { BridgePeer, Joined, Joining } from './peer.ts'
import type { Arrival } from './received.ts'
import { WantedPictures } from './wanted-pictures.ts'

/** out: not in it. joining: for the first time. in. away: was in, and comes back by itself as soon as line and hub allow. */
export type BridgePhase = 'out' | 'joining' | 'in' | 'away'

/** Refusals that pass by themselves: whoever was in comes back when they have. */
const passing = ['media.notReady', 'media.roomTaken', 'media.alreadyJoined', 'hub.failed', 'hub.stopping', 'request.tooMany']
const longestWait = 5_000

/** This screen in the media room of the meeting it is in. Tracks and peers belong to WebRTC and are never made reactive. */
export const useBridge = defineStore('bridge', () => {
  const meeting = useMeetingStore()
  const phase = ref<BridgePhase>('out')
  /** Why this screen is out, in a sentence; null: nobody asked. */
  const trouble = ref<string | null>(null)
  /** Over the whole middle of the page rather than in its corner. */
  const large = ref(false)
  const stage = shallowRef<StageMessage | null>(null)
  const ladder = shallowRef<LadderMessage | null>(null)
  const levels = shallowRef<ReadonlyMap<string, number>>(new Map())
  const arrivals = shallowRef<readonly Arrival[]>([])
  const own = shallowRef<ReadonlyMap<Source, MediaStreamTrack>>(new Map())
  const peerId = ref<string | null>(null)
  const wishes = reactive({ microphone: true, camera: true, saveData: false, audioOnly: false })
  const message = shallowRef<{ text: string; by: string; at: number } | null>(null)
  let joining: Joining = {}
  let peer: BridgePeer | null = null
  let line: MediaLine | null = null
  let media: OwnMedia | null = null
  let attempt = 0
  let waits = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const pictures = markRaw(new WantedPictures((wanted) => void (peer && line?.request('media:consume', wanted))))

  const grants = computed(() => stage.value?.grants ?? null)
  const trackOf = (from: string, source: Source) => (from === peerId.value ? own.value.get(source) : undefined) ?? arrivals.value.find((one) => one.peerId === from && one.source === source)?.track ?? null

  /** Joins; `captured`: what the person has looked at before. */
  async function join(as: Joining, captured: Partial<Record<Source, MediaStreamTrack>> = {}): Promise<void> {
    if (phase.value !== 'out') return
    joining = as
    trouble.value = null
    phase.value = 'joining'
    media = new OwnMedia({
      keepsOpen: as.room !== undefined,
      devices: chosenDevices(),
      changed: () => media && (own.value = new Map(media.tracks)),
      failed: (source, reason) => toast(t(`bridge.capture.${reason}`, { device: t(`bridge.sources.${source}`) }), { tone: 'bad' }),
    })
    Object.assign(media.wishes, { microphone: wishes.microphone, camera: wishes.camera })
    for (const [source, track] of Object.entries(captured)) media.adopt(source as Source, track)
    await enter()
  }

  async function enter(): Promise<void> {
    clearTimeout(timer)
    const mine = ++attempt
    const socket = meeting.socket()
    if (!socket || !meeting.isLive) return void (phase.value === 'joining' ? end(t('bridge.noLine')) : (phase.value = 'away'))
    drop(false)
    line = new MediaLine(socket)
    const joined = await import('./peer.ts').then(({ joinBridge }) => joinBridge(line as MediaLine, joining, {
      stage: (next) => take(next),
      ladder: (next) => (ladder.value = next),
      levels: (next) => (levels.value = new Map(next.map(({ peerId: from, decibels }) => [from, decibels]))),
      arrivals: (next) => (arrivals.value = next),
      act: ({ act }) => void actOn(act, { wishes, media: () => media, rejoin: () => void again() }),
      message: (next) => (message.value = next),
      lost: () => void again(),
    })).catch((): Joined => ({ ok: false, reason: 'unanswered' }))
    if (mine !== attempt) return void (joined.ok && joined.peer.close({ told: false }))
    if (!joined.ok) return refused(joined.reason)
    waits = 0
    peer = joined.peer
    peerId.value = peer.peerId
    phase.value = 'in'
    media?.set(peer.sent, grants.value)
    pictures.again()
  }

  function refused(reason: Extract<Joined, { ok: false }>['reason']): void {
    if (reason === 'unsupported') return end(t('bridge.unsupported'))
    const passes = reason === 'unanswered' || passing.includes(reason.code)
    const comesBack = phase.value === 'away' || joining.room !== undefined
    if (!passes || !comesBack) return end(reason === 'unanswered' ? t('bridge.unanswered') : sentenceOf(reason))
    trouble.value = reason === 'unanswered' ? null : sentenceOf(reason)
    phase.value = 'away'
    timer = setTimeout(() => void enter(), Math.min(longestWait, 400 * 2 ** waits++))
  }

  function take(next: StageMessage): void {
    stage.value = next
    if (peer) media?.set(peer.sent, next.grants)
  }

  /** All is made anew, with the devices as they are. */
  async function again(): Promise<void> {
    if (phase.value === 'out' || phase.value === 'joining') return
    phase.value = 'away'
    await enter()
  }

  function drop(told: boolean): void {
    media?.set(null, null)
    peer?.close({ told })
    peer = null
    peerId.value = null
    arrivals.value = []
    ladder.value = null
    levels.value = new Map()
  }

  function end(why: string | null): void {
    attempt += 1
    clearTimeout(timer)
    drop(false)
    media?.close()
    media = null
    pictures.close()
    own.value = new Map()
    stage.value = null
    trouble.value = why
    large.value = false
    phase.value = 'out'
  }

  watch(() => meeting.connection.kind, (kind) => {
    if (phase.value === 'out') return
    if (kind === 'live') void again()
    else if (kind === 'lost' && phase.value === 'in') phase.value = 'away'
    else if (kind !== 'lost') end(null)
  })
  watch(() => [wishes.microphone, wishes.camera && !wishes.audioOnly], ([microphone = true, camera = true]) => {
    if (!media) return
    Object.assign(media.wishes, { microphone, camera })
    void media.settle()
  })
  watch(() => [wishes.saveData, wishes.audioOnly], ([saveData = false, audioOnly = false]) => pictures.rest({ saveData, audioOnly }))
  for (const changed of ['online', 'change'] as const) (changed === 'online' ? globalThis : connectionOf())?.addEventListener(changed, () => peer?.mend())

  async function share(): Promise<void> {
    if (own.value.has('screen')) media?.endSharing()
    else await media?.share()
  }

  /** Another camera or microphone, kept on this device. */
  async function choose(kind: 'camera' | 'microphone' | 'second', deviceId: string | null): Promise<void> {
    keepDevices({ ...chosenDevices(), [kind]: deviceId })
    if (!media) return
    media.devices = chosenDevices()
    await media.renew(kind)
  }

  /** Of both ways; null: out of the room, or just now thrown out of it. */
  async function statistics(): Promise<readonly [RTCStatsReport, RTCStatsReport] | null> {
    try {
      return peer && [await peer.sent.statistics(), await peer.received.statistics()]
    } catch {
      // The worker died between the question and the answer.
      return null
    }
  }

  return {
    phase, trouble, large, stage, ladder, levels, arrivals, own, peerId, wishes, message, grants, pictures,
    trackOf, join, leave: () => end(null), share, choose, statistics,
  }
})

function connectionOf(): EventTarget | null {
  return (navigator as { connection?: EventTarget }).connection ?? null
}
