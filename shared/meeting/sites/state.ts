/** chưa kết nối → đã kiểm tra → sẵn sàng → đang họp ⇄ suy giảm ⇄ mất kết nối; thay thế bằng điện thoại (DOMAIN.md 2.8). */
export const siteStatuses = ['notConnected', 'checked', 'ready', 'inSession', 'degraded', 'lost', 'byTelephone'] as const
export type SiteStatus = (typeof siteStatuses)[number]

/** How the line of a site's room endpoint does, as the hub measures it or as somebody sees it. */
export const siteLines = ['up', 'weak', 'down'] as const
export type SiteLine = (typeof siteLines)[number]

/** What a readiness test of a site's room found. */
export interface SiteCheck {
  microphone: boolean
  loudspeaker: boolean
  camera: boolean
  /** The site sees its own picture come back from the hub. */
  pictureBack: boolean
  /** Packets lost on the way there and back, in hundredths. */
  lossPercent: number
  roundTripMs: number
  /** From the site to the hub, and from the hub to the site, kilobits a second. */
  upKbps: number
  downKbps: number
}

/** One site (điểm cầu) of the bridge (cầu truyền hình). A site that nothing has happened to has none. */
export interface Site {
  siteId: string
  status: SiteStatus
  /** Since when the status holds, and who brought it about; null: the hub. */
  since: number
  by: string | null
  /** The last readiness test. */
  check: (SiteCheck & { at: number; by: string | null }) | null
  /** How many tests there were. */
  checks: number
  /** When it first took part; null: not yet. */
  enteredAt: number | null
  /** Measured when the line became weak; null: not measured, or not weak. */
  weakness: { lossPercent: number; roundTripMs: number } | null
}

export function untouched(siteId: string): Site {
  return { siteId, status: 'notConnected', since: 0, by: null, check: null, checks: 0, enteredAt: null, weakness: null }
}
