import { computed, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { recordingStanding } from '../../../shared/meeting/recording/rules.ts'
import { toast } from '../../ui/toasts.ts'
import { useMeetingStore } from '../store.ts'

/** Tells everybody that recording begins, stands still or ends, to be heard and to be seen; `since`: hub time from which on it is news here. */
export function useRecordingNews(since: () => number, say: (words: string) => void): void {
  const meeting = useMeetingStore()
  const { t } = useI18n()
  const standing = computed(() => (meeting.view ? recordingStanding(meeting.view) : null))
  watch(standing, (now, before) => {
    const recording = meeting.view?.recording
    if (now === null || !recording || (before === undefined && (now === 'off' || (recording.since ?? 0) < since()))) {
      // Whoever comes to a meeting that is being recorded is told so, too.
      if (now === 'recording') say(t('recording.announce.recording'))
      return
    }
    if (before === null) return
    const broken = now === 'off' && (recording.ended === 'diskFull' || recording.ended === 'recorderFailed') ? recording.ended : null
    const words = t(`recording.announce.${broken ?? now}`)
    say(words)
    toast(words, broken ? { tone: 'bad' } : {})
  }, { immediate: true })
}
