import { formatRate } from '../../shared/vietnamese/rates.ts'
import { currentLanguage } from '../i18n/index.ts'

/** A measured rate as it is shown; `kbps`: thousand bits a second, null while it is being measured. */
export function rateOf(kbps: number | null): string {
  return kbps === null ? '…' : formatRate(kbps, currentLanguage())
}
