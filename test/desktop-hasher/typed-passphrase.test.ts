import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  BARE,
  ended,
  makeHasherFolder,
  PASSPHRASE,
  wordsFor,
  type HasherFolder,
} from './setup/hasher-folder.ts'

const PROGRAM = fileURLToPath(
  new URL('../../desktop-hasher/cli/countonce-hash.ts', import.meta.url),
)

let hasher: HasherFolder

beforeAll(async () => {
  hasher = await makeHasherFolder()
  await hasher.write(
    'people.csv',
    'client_ref,first_name,date_of_birth,contacts\nC-1,Ada,03/02/2021,1\n',
  )
})

afterAll(async () => {
  await hasher.remove()
})

// A terminal is made by script(1), which every Debian has; other systems' versions take other
// words.
it.runIf(process.platform === 'linux')(
  'asks for the passphrase in a terminal and shows nothing of it, mistakes fixed',
  async () => {
    const command = [process.execPath, PROGRAM, ...wordsFor('people.csv')].map(
      (word) => `'${word}'`,
    )
    const terminal = spawn(
      'script',
      ['--quiet', '--return', '--command', command.join(' '), '/dev/null'],
      {
        cwd: hasher.folder,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...BARE, TERM: 'dumb' },
      },
    )
    terminal.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('it is not shown'))
        terminal.stdin.write(`${PASSPHRASE}x\u007f\r`)
    })
    const { status, stdout } = await ended(terminal)
    expect(stdout).toContain('Passphrase of the key file (it is not shown):')
    expect(stdout).toContain('key check value')
    expect(stdout).not.toContain('bottles')
    expect(status).toBe(0)
  },
)
