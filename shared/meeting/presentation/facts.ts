export interface PresentationFacts {
  'presentation.started': { paperId: string; itemId: string; presenterId: string }
  'presentation.handedOver': { presenterId: string }
  'presentation.ended': Record<string, never>
}
