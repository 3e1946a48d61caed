export interface PresentationFacts {
  'presentation.started': { paperId: string; version: number; itemId: string; presenterId: string }
  'presentation.handedOver': { presenterId: string }
  'presentation.ended': Record<string, never>
  'presentation.held': { from: number; until: number }
  /** By hand, by the clock (`by` is null then), or because the meeting went into recess. */
  'presentation.released': Record<string, never>
}
