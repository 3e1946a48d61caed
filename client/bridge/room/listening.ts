import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** How loud a microphone is at this moment, 0 to 1, and whether a voice was ever heard in it. */
export function useListening(track: Ref<MediaStreamTrack | null>): { level: Ref<number>; heard: Ref<boolean> } {
  const level = ref(0)
  const heard = ref(false)
  let stop = () => {}

  watch(track, (now) => {
    stop()
    level.value = 0
    if (!now) return
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    // As long as the pause between two looks: nothing is missed.
    analyser.fftSize = 4096
    context.createMediaStreamSource(new MediaStream([now])).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    let loud = 0
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
      const decibels = 10 * Math.log10(power + 1e-12)
      level.value = Math.max(0, Math.min(1, (decibels + 60) / 60))
      // A voice, not the click of a plug: several times within a few seconds.
      loud = decibels > -45 ? loud + 1 : Math.max(0, loud - 0.02)
      if (loud >= 3) heard.value = true
    }, 80)
    stop = () => {
      clearInterval(timer)
      void context.close()
    }
  }, { immediate: true })
  onScopeDispose(() => stop())
  return { level, heard }
}

/** Three notes, up: heard at once as "this is the test". */
export async function playChime(): Promise<void> {
  const context = new AudioContext()
  for (const [index, frequency] of [523.25, 659.25, 783.99].entries()) {
    const note = context.createOscillator()
    const volume = context.createGain()
    const at = context.currentTime + index * 0.35
    note.frequency.value = frequency
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(0.4, at + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.33)
    note.connect(volume).connect(context.destination)
    note.start(at)
    note.stop(at + 0.34)
  }
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  await context.close()
}
