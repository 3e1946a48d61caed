/** A child of the bench: what sends and what receives has a process of its own, so that what the hub's costs is its own. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { RtpParameters } from '../../../shared/contracts/media-parameters.ts'
import { answerParent } from '../child.ts'
import { GeneratedSite, pumpAll, realRates } from './generator.ts'

export interface Generated { voice: RtpParameters | null; picture: RtpParameters }

const speaking: GeneratedSite[] = []
const hearing: GeneratedSite[] = []
const deaf: Socket[] = []

const tasks = {
  /** Sites that send a camera each, the first `voices` of them a voice too. */
  async sites({ count, voices }: { count: number; voices: number }): Promise<Generated[]> {
    for (let at = 0; at < count; at += 1) speaking.push(await GeneratedSite.open())
    return speaking.map((site, at) => ({ voice: at < voices ? site.voice(realRates) : null, picture: site.picture(realRates) }))
  },
  /** Ports at which what comes is counted and timed. */
  async ears({ count }: { count: number }): Promise<number[]> {
    for (let at = 0; at < count; at += 1) hearing.push(await GeneratedSite.open())
    return hearing.map(({ earsPort }) => earsPort)
  },
  /** Ports at which nobody will look once this process is stopped (SIGSTOP): the kernel takes what comes and throws it away. */
  async deafEars({ count }: { count: number }): Promise<number[]> {
    for (let at = 0; at < count; at += 1) {
      const socket = createSocket({ type: 'udp4', recvBufferSize: 2_048 })
      socket.bind(0, '127.0.0.1')
      await once(socket, 'listening')
      deaf.push(socket)
    }
    return deaf.map((socket) => socket.address().port)
  },
  begin({ ports }: { ports: number[] }): void {
    for (const [at, site] of speaking.entries()) site.sendTo(ports[at] ?? 0)
    pumpAll(speaking)
  },
  keepLayers({ at, highest }: { at: number; highest: number }): void {
    speaking[at]?.keepLayers(highest)
  },
  /** Packets since the last call, and how long each voice was on its way, milliseconds. */
  heard(): { packets: number; delays: number[] } {
    const all = { packets: hearing.reduce((sum, { count }) => sum + count, 0), delays: hearing.flatMap(({ delays }) => delays) }
    for (const ear of hearing) Object.assign(ear, { count: 0, delays: [] })
    return all
  },
}
export type ProvinceTasks = typeof tasks

answerParent(tasks)
