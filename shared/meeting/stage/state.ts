/** Whom an order is about: a room (`siteId` null: the main room) or one person's tablet. */
export type OrderedPlace = { siteId: string | null } | { personId: string }

/** Silenced; on stage as if it had the floor; neither sending nor receiving. */
export const stageOrderKinds = ['mute', 'show', 'remove'] as const
export type StageOrderKind = (typeof stageOrderKinds)[number]

export interface StageOrder {
  kind: StageOrderKind
  place: OrderedPlace
  at: number
  by: string | null
}

/** What the chair has laid down about the stage, and has ordered by hand; it goes before what follows from the floor. */
export interface StageOrders {
  /** At the end of the speaking time, and so many seconds after it, the microphone is closed; null: never. */
  muteOverrunAfterSeconds: number | null
  /** How many of those next in turn are connected in advance, muted. */
  connectNext: number
  /** Those that hold, oldest first. */
  orders: StageOrder[]
}

export const usualStage: StageOrders = { muteOverrunAfterSeconds: null, connectNext: 2, orders: [] }

export function samePlace(a: OrderedPlace, b: OrderedPlace): boolean {
  if ('personId' in a) return 'personId' in b && a.personId === b.personId
  return 'siteId' in b && a.siteId === b.siteId
}

export function orderAbout(stage: Pick<StageOrders, 'orders'>, kind: StageOrderKind, place: OrderedPlace): StageOrder | null {
  return stage.orders.find((order) => order.kind === kind && samePlace(order.place, place)) ?? null
}
