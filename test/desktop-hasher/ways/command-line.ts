import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildExecutable } from '../../../desktop-hasher/build/executables.ts'
import { BARE, BUILT, ended } from '../setup/hasher-folder.ts'
import type { GivenToHash, HashedText, Way } from './way.ts'

const PROGRAM = fileURLToPath(
  new URL('../../../desktop-hasher/cli/countonce-hash.ts', import.meta.url),
)

/** The command line under the project's Node. */
export const commandLine: Way = {
  name: 'the command line',
  hash: (given) => run(process.execPath, [PROGRAM], given),
}

/** The single program for Linux. */
export const linuxProgram: Way = {
  name: 'the Linux program',
  hash: async (given) => run(await buildExecutable('linux-x64', BUILT), [], given),
}

async function run(
  program: string,
  before: readonly string[],
  given: GivenToHash,
): Promise<HashedText> {
  const out = join(given.folder, 'out.csv')
  const { key, area, mapping, provider, service, quarter } = given
  const options = { key, area, mapping, provider, service, quarter, out }
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  const { status, stderr } = await ended(
    spawn(program, [...before, given.extract, ...words, '--confirm'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...BARE, COUNTONCE_PASSPHRASE: given.passphrase },
    }),
  )
  if (status !== 0) throw new Error(stderr)
  return {
    csv: await readFile(out, 'utf8'),
    manifest: await readFile(join(given.folder, 'out.manifest.json'), 'utf8'),
  }
}
