import type { Logger } from 'pino'
import type { MediaAnswer } from '../../shared/contracts/live.ts'
import type { MediaEvents, MediaRequestType } from '../../shared/contracts/media.ts'
import { refusal, type Language, type Refusal } from '../../shared/contracts/refusal.ts'
import { refusalAnswer } from '../../shared/contracts/sentences.ts'
import type { Viewer } from '../../shared/meeting/audience.ts'
import { answered, type Answered, type Bridge, type BridgeRequest } from '../bridge/bridge.ts'
import type { BridgeScreen } from '../bridge/places.ts'
import { mediaRequestRefusal } from './checks.ts'
import { Pace } from './pace.ts'
import type { LiveSocket } from './room.ts'

/** A page that shows a whole gallery asks for two dozen pictures at once, and for no more for a while. */
const pace = { burst: 200, perSecond: 40 }

const requests: ReadonlySet<string> = new Set(answered)

export function isMediaRequest(event: string): event is Answered {
  return requests.has(event)
}

interface Asking { sessionId: string; meetingId: string; viewer: Viewer; language: Language }
interface Known { screen: BridgeScreen; pace: Pace }

/** The media room over the meeting's socket: schema and pace; everything else is the bridge's. */
export class MediaEdge {
  readonly #bridge: Bridge
  readonly #log: Logger
  readonly #known = new Map<LiveSocket, Known>()

  constructor(bridge: Bridge, log: Logger) {
    this.#bridge = bridge
    this.#log = log
  }

  async request(socket: LiveSocket, { sessionId, meetingId, viewer, language }: Asking, type: Answered, data: unknown): Promise<MediaAnswer<MediaRequestType>> {
    const refuse = (reason: Refusal): MediaAnswer<MediaRequestType> => ({ ok: false, ...refusalAnswer(reason, language) })
    const known = this.#knownOf(socket, sessionId, viewer.personId)
    if (!known.pace.allows()) return refuse(refusal('request.tooMany', { seconds: 2 }))
    if (viewer.projector) return refuse(refusal('permission.denied'))
    const wrong = mediaRequestRefusal(type, data)
    if (wrong) return refuse(wrong)
    try {
      const outcome = await this.#bridge.request(meetingId, known.screen, { type, data } as BridgeRequest)
      return 'refusal' in outcome ? refuse(outcome.refusal) : { ok: true, ...outcome.answer } as MediaAnswer<MediaRequestType>
    } catch (error) {
      this.#log.error({ err: error, meetingId, userId: viewer.personId, request: type }, 'a request of the media room failed')
      return refuse(refusal('hub.failed'))
    }
  }

  gone(socket: LiveSocket): void {
    const known = this.#known.get(socket)
    if (!known) return
    this.#known.delete(socket)
    this.#bridge.gone(known.screen)
  }

  #knownOf(socket: LiveSocket, sessionId: string, personId: string): Known {
    let known = this.#known.get(socket)
    if (!known) {
      const tell = <E extends keyof MediaEvents>(event: E, ...message: Parameters<MediaEvents[E]>) => void (socket as { emit(name: string, ...rest: unknown[]): unknown }).emit(event, ...message)
      known = { screen: { sessionId, personId, tell }, pace: new Pace(pace.burst, pace.perSecond) }
      this.#known.set(socket, known)
    }
    return known
  }
}
