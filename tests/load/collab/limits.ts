import type { CollabLimits } from '../../../server/collab/limits.ts'

/** What one person may do is not what is measured: in a bench one account stands for three hundred people. */
export const collabLoadLimits: Partial<CollabLimits> = {
  connectionsPerPerson: 5000,
  changes: { burst: 1e6, perSecond: 1e6 },
  changeBytes: { burst: 1e12, perSecond: 1e12 },
  openings: { burst: 1e6, perSecond: 1e6 },
  asks: { burst: 1e6, perSecond: 1e6 },
  refusals: { burst: 1e6, perSecond: 1e6 },
}
