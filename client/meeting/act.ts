import { ref } from 'vue'
import type { Commands, CommandType } from '../../shared/meeting/command.ts'
import { toast } from '../ui/toasts.ts'
import { whyNot } from './sentence.ts'
import { useMeetingStore } from './store.ts'

/** For one control that gives commands: whether one is under way, and a notice when it was not done. */
export function useAct() {
  const meeting = useMeetingStore()
  const busy = ref(false)

  /** True when it was done. */
  async function act<T extends CommandType>(type: T, data: Commands[T], options: { patient?: boolean } = {}): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    const outcome = await meeting.send(type, data, options)
    busy.value = false
    const reason = whyNot(outcome)
    if (reason !== null) toast(reason, { tone: 'bad' })
    return outcome.ok
  }

  return { act, busy }
}
