import type { Commands, Deciders } from '../command.ts'
import type { NewFact } from '../fact.ts'
import { allowRefusal, startRefusal, underWayRefusal } from './rules.ts'

type RecordingCommand = Extract<keyof Commands, `recording:${string}`>

export const recordingDeciders: Deciders<RecordingCommand> = {
  'recording:allow': (state, { allowed }) => {
    const wrong = allowRefusal(state, allowed)
    if (wrong) return wrong
    const ended: NewFact[] = state.recording.status === 'off' ? [] : [{ type: 'recording.stopped', data: { because: 'forbidden' } }]
    return [...ended, { type: 'recording.allowed', data: { allowed } }]
  },

  'recording:start': (state, _data, { newId }) => startRefusal(state) ?? [{ type: 'recording.started', data: { recordingId: newId() } }],
  'recording:pause': (state) => underWayRefusal(state, 'pause') ?? [{ type: 'recording.paused', data: {} }],
  'recording:resume': (state) => underWayRefusal(state, 'resume') ?? [{ type: 'recording.resumed', data: {} }],
  'recording:stop': (state) => underWayRefusal(state, 'stop') ?? [{ type: 'recording.stopped', data: { because: 'byHand' } }],

  'recording:breakOff': (state, { because }, { newId }) => {
    const wrong = underWayRefusal(state, 'stop')
    if (wrong) return wrong
    const stopped: NewFact = { type: 'recording.stopped', data: { because } }
    if (because !== 'interrupted') return [stopped]
    const again: NewFact[] = state.recording.status === 'paused' ? [{ type: 'recording.paused', data: {} }] : []
    return [stopped, { type: 'recording.started', data: { recordingId: newId() } }, ...again]
  },
}
