/** Our hub for the benches of documents, in a process of its own. `node hub.child.ts <data folder> <port>`. */
import { collabLoadLimits } from './limits.ts'
import { startHub } from '../../support/hub.ts'

const [dataDir = '', port = '0'] = process.argv.slice(2)
const test = await startHub({
  dataDir,
  config: { port: Number(port) },
  // One account stands for all people; the rule of the meeting is not what is measured, and is asked all the same.
  collab: { limits: collabLoadLimits, access: (_meeting, { personId }) => (personId === 'writer' ? 'write' : null) },
})
const { directory, hosts } = test.hub
if (!(await directory.accounts.person('writer'))) await test.addAccount({ id: 'writer' })
const { meetingId } = await hosts.create('writer', 'the-meeting-of-the-bench', {
  title: 'Họp', kind: 'meeting', type: 'briefing', body: 'plain', startsAt: Date.now(), endsAt: Date.now() + 3_600_000, place: 'Hội trường', siteIds: [],
  participants: [{ personId: 'writer', role: 'chair', votes: true, siteId: null }],
})
const { token } = await directory.sessions.begin('writer', '127.0.0.1')
process.on('SIGTERM', () => void test.stop().then(() => process.exit(0)))
process.on('disconnect', () => process.exit(0))
process.send?.({ port: Number(new URL(test.url).port), cookie: `${directory.cookieName}=${token}`, meetingId })
