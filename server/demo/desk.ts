import { fileURLToPath } from 'node:url'
import type { Commands, CommandType } from '../../shared/meeting/command.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { Hub } from '../app.ts'
import { isRefused } from '../papers/inspect.ts'
import { demoPapers, type DemoPaperName } from './papers.ts'

/** One demo meeting being made by ordinary commands, each under an id of its own: what was done by a start that was cut short is not done twice. */
export interface Desk {
  readonly meetingId: string
  /** `key` is unique in the meeting. @throws Error when the command is refused, which would be a mistake in the demo */
  send<T extends CommandType>(key: string, personId: string, type: T, data: Commands[T]): Promise<void>
  /** The meeting as its secretary sees it. */
  view(): Promise<MeetingView>
  /** The item with this title. */
  item(title: string): Promise<string>
  attach(item: string, ...papers: DemoPaperName[]): Promise<void>
}

export type DeskParts = Pick<Hub, 'hosts' | 'papers'>

/** Creates the meeting as `secretary` (or finds it, when it was made before) and returns its desk. */
export async function openDesk({ hosts, papers }: DeskParts, name: string, secretary: string, data: Commands['meeting:create']): Promise<Desk> {
  const created = await hosts.create(secretary, `demo-${name}-create`, data)
  if (!created.ok) throw new Error(`demo meeting ${name}: ${created.refusal.code}`)
  const { meetingId } = created

  async function view(): Promise<MeetingView> {
    const found = await hosts.view(meetingId, secretary)
    if (!found) throw new Error(`demo meeting ${name} cannot be seen by its secretary`)
    return found
  }

  async function item(title: string): Promise<string> {
    const found = Object.values((await view()).items).find(one => one.title === title)
    if (!found) throw new Error(`demo meeting ${name} has no item "${title}"`)
    return found.itemId
  }

  return {
    meetingId, view, item,
    async send(key, personId, type, data) {
      const command = { commandId: `demo-${name}-${key}`, type, data } as Parameters<typeof hosts.execute>[2]
      const outcome = await hosts.execute(meetingId, personId, command)
      if (!outcome.ok) throw new Error(`demo meeting ${name}, ${key}: ${outcome.refusal.code}`)
    },
    async attach(title, ...names) {
      const itemId = await item(title)
      for (const paper of names) {
        const { file, ...known } = demoPapers[paper]
        const path = fileURLToPath(new URL(`./papers/${file}`, import.meta.url))
        const attached = await papers.attachKnown({ meetingId, personId: secretary, uploadId: `demo-${name}-paper-${paper}` }, { path, itemId, ...known })
        if (isRefused(attached)) throw new Error(`demo meeting ${name}, paper ${paper}: ${attached.code}`)
      }
    },
  }
}
