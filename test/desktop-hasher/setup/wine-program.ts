import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

const PLACES = ['/usr/bin/wine64', '/usr/lib/wine/wine64']

/**
 * The program that runs Windows programs: WINE, or Debian's, installed here and now where that is
 * allowed (root on Debian). Empty when there is none; what was skipped and how to install it is
 * then said once.
 */
export async function findWine(): Promise<string> {
  const given = process.env['WINE'] ?? ''
  const found = [given, ...PLACES].find((place) => place !== '' && existsSync(place))
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write(
      'Installing wine64 for the tests of the Windows program (apt-get install wine64).\n',
    )
    const packages = ['install', '--yes', '--no-install-recommends', 'wine64']
    await run('apt-get', ['update']).catch(() => undefined)
    await run('apt-get', packages).catch(() => undefined)
    const installed = PLACES.find((place) => existsSync(place))
    if (installed !== undefined) return installed
  }
  process.stderr.write(
    'There is no wine64, so the tests of the Windows program are skipped. Install it (Debian: apt-get install wine64) or name one in WINE.\n',
  )
  return ''
}
