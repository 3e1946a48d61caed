import type { LadderMessage, StageMessage } from '../../shared/contracts/media.ts'
import type { BridgePhase } from './bridge.ts'

interface Bridge {
  phase: BridgePhase
  stage: StageMessage | null
  ladder: LadderMessage | null
  wishes: { microphone: boolean; saveData: boolean; audioOnly: boolean }
}

export interface Standing {
  /** none: no microphone here at all. closed: it opens with the floor. ready: one's turn is near. open: everybody hears. held: by one's own button. */
  microphone: 'none' | 'closed' | 'ready' | 'open' | 'held'
  /** What the page says of it, a key of `bridge.standing`. */
  words: 'away' | 'beside' | 'open' | 'held' | 'ready' | 'listening'
  /** What is left out on this line, a key of `bridge.rungs`; null: nothing. */
  weak: 'text' | 'voices' | 'page' | 'speaker' | 'stage' | 'saveData' | 'audioOnly' | null
}

/** How this screen stands in the bridge, for the person before it. */
export function standingOf({ phase, stage, ladder, wishes }: Bridge): Standing {
  const grant = stage?.grants.microphone ?? 'no'
  // A room's own endpoint does its tablets' speaking and sounding.
  const beside = stage !== null && !stage.loudspeaker
  const microphone = beside ? 'none' : grant === 'no' ? 'closed' : !wishes.microphone ? 'held' : grant === 'yes' ? 'open' : 'ready'
  const words = phase === 'away' ? 'away' : beside ? 'beside' : microphone === 'open' || microphone === 'held' ? microphone : microphone === 'ready' || stage?.standby ? 'ready' : 'listening'
  const rung = ladder?.rung ?? 'gallery'
  const weak = wishes.audioOnly ? 'audioOnly' : wishes.saveData ? 'saveData' : rung === 'gallery' || rung === 'own' ? null : rung
  return { microphone, words, weak }
}
