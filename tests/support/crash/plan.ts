/** Where in the life of an append the hub ends. `outside`: from another process, whenever. */
export const moments = ['before append', 'during append', 'after append', 'after ack', 'outside'] as const
export type Moment = (typeof moments)[number]

/**
 * `append`: which append of the hub's life to a meeting, of those that hold a fact of type `fact` where one is given; `spin`: for
 * 'during append', microseconds after it was handed to the store.
 */
export interface Plan { moment: Moment; append: number; spin: number; fact?: string }

/** What the child says on its standard output, one JSON line each. `ms`: from opening the store to listening. */
export type Said =
  | { said: 'listening'; port: number; seq: number; ms: number }
  | { said: 'killing'; moment: Moment; from: number; to: number }
