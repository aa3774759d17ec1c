import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A program of a Debian package that some tests need. */
export interface DebianProgram {
  /** Its packages: a later one where a system has no earlier. */
  readonly packages: readonly string[]
  /** What people call it. */
  readonly name: string
  readonly places: readonly string[]
  /** The setting that names another place. */
  readonly setting: string
  /** What is skipped without it. */
  readonly tests: string
}

/**
 * Where a program is: where its setting says, or Debian's, installed here and now where that is allowed
 * (root on Debian). Empty when there is none; what was skipped and how to install it is then said once.
 */
export async function findProgram(wanted: DebianProgram): Promise<string> {
  const given = process.env[wanted.setting] ?? ''
  const found = [given, ...wanted.places].find((place) => place !== '' && existsSync(place))
  if (found !== undefined) return found
  for (const name of wanted.packages) {
    if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) break
    process.stderr.write(`Installing ${wanted.name} for ${wanted.tests} (${wayTo(name)}).\n`)
    await run('apt-get', ['update']).catch(() => undefined)
    await run('apt-get', ['install', '--yes', '--no-install-recommends', name], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).catch(() => undefined)
    const installed = wanted.places.find((place) => existsSync(place))
    if (installed !== undefined) return installed
  }
  const way = wanted.packages.map(wayTo).join(', or ')
  process.stderr.write(
    `There is no ${wanted.name}, so ${wanted.tests} are skipped. Install it (Debian: ${way}) or name one in ${wanted.setting}.\n`,
  )
  return ''
}

function wayTo(name: string): string {
  return `apt-get install ${name}`
}
