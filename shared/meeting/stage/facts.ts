import type { OrderedPlace, StageOrderKind, StageOrders } from './state.ts'

export interface StageFacts {
  /** `on` false: it holds no more. */
  'stage.ordered': { kind: StageOrderKind; place: OrderedPlace; on: boolean }
  'stage.configured': Partial<Omit<StageOrders, 'orders'>>
}
