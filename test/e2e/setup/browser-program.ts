import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * The browser's program: CHROMIUM, or Debian's, installed here and now where that is allowed (root
 * on Debian). Empty when there is none; what was skipped and how to install it is then said once.
 */
export async function findBrowser(): Promise<string> {
  const given = process.env['CHROMIUM'] ?? ''
  const found = [given, ...PLACES].find((place) => place !== '' && existsSync(place))
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write('Installing Chromium for the browser tests (apt-get install chromium).\n')
    await run('apt-get', ['update']).catch(() => undefined)
    await run('apt-get', ['install', '--yes', 'chromium']).catch(() => undefined)
    const installed = PLACES.find((place) => existsSync(place))
    if (installed !== undefined) return installed
  }
  process.stderr.write(
    'There is no Chromium, so the browser tests are skipped. Install it (Debian: apt-get install chromium) or name one in CHROMIUM.\n',
  )
  return ''
}
