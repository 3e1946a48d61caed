import { mkdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Settings of the throw-away profile: no macros, no links followed, no Java, no memory of what was opened, nowhere to go. */
const settings: readonly [string, string, string | number | boolean][] = [
  ['Office.Common/Security/Scripting', 'DisableMacrosExecution', true],
  ['Office.Common/Security/Scripting', 'MacroSecurityLevel', 3],
  ['Office.Common/Security/Scripting', 'BlockUntrustedRefererLinks', true],
  ['Office.Writer/Content/Update', 'Link', 2],
  ['Office.Calc/Content/Update', 'Link', 2],
  ['Office.Calc/Formula/Load', 'OOXMLRecalcMode', 1],
  ['Office.Calc/Formula/Load', 'ODFRecalcMode', 1],
  ['Office.Java/VirtualMachine', 'Enable', false],
  ['Office.Common/Misc', 'FirstRun', false],
  ['Office.Common/History', 'PickListSize', 0],
  ['Office.Recovery/AutoSave', 'Enabled', false],
  // Where the sandbox cannot take the network away, whatever asks for it finds a closed door.
  ['Inet/Settings', 'ooInetProxyType', 2],
  ['Inet/Settings', 'ooInetHTTPProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetHTTPProxyPort', 9],
  ['Inet/Settings', 'ooInetHTTPSProxyName', '127.0.0.1'],
  ['Inet/Settings', 'ooInetHTTPSProxyPort', 9],
]

const item = ([path, name, value]: (typeof settings)[number]): string =>
  `<item oor:path="/org.openoffice.${path}"><prop oor:name="${name}" oor:op="fuse"><value>${String(value)}</value></prop></item>`

const liberation2 = '/usr/share/fonts/truetype/liberation2'

/**
 * Debian's fonts-liberation 1.07 has no letters U+1EA0–1EF9: LibreOffice then borrows Vietnamese ones from elsewhere, and nobody
 * finds a word in the PDF. Where fonts-liberation2 is there too, the older one is not to be seen.
 */
const fonts = (): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${liberation2}</dir>
${existsSync(liberation2) ? '  <selectfont><rejectfont><glob>/usr/share/fonts/truetype/liberation/*</glob></rejectfont></selectfont>\n' : ''}</fontconfig>
`

/** Writes `profile`, `fonts.conf`, `tmp` and `files` into a work folder. */
export async function writeProfile(work: string): Promise<void> {
  for (const folder of ['profile/user', 'tmp', 'files', 'root']) await mkdir(join(work, folder), { recursive: true, mode: 0o700 })
  await writeFile(join(work, 'profile/user/registrymodifications.xcu'), `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
${settings.map(item).join('\n')}
</oor:items>
`)
  await writeFile(join(work, 'fonts.conf'), fonts())
}
