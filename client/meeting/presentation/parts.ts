import { later } from '../../later.ts'

/** Needed once something is pointed at or the presenter takes a tool; fetched once for all pages. */
export const PointedAt = later(() => import('./PointedAt.vue'))
export const PresenterHand = later(() => import('./PresenterHand.vue'))
export const PresenterTools = later(() => import('./PresenterTools.vue'))
