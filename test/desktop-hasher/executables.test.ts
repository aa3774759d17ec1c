import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildExecutable } from '../../desktop-hasher/build/executables.ts'
import { withoutSignature } from '../../desktop-hasher/build/unsigned.ts'
import {
  BUILT,
  ended,
  makeHasherFolder,
  PASSPHRASES,
  wordsFor,
  type HasherFolder,
  type Ran,
} from './setup/hasher-folder.ts'
import { PEOPLE } from './setup/small-extract.ts'
import { findWine } from './setup/wine-program.ts'

const wine = await findWine()

let hasher: HasherFolder
let linux: string
let windows: string

beforeAll(async () => {
  linux = await buildExecutable('linux-x64', BUILT)
  if (wine !== '') windows = await buildExecutable('windows-x64', BUILT)
  hasher = await makeHasherFolder()
  await hasher.write('people.csv', PEOPLE)
  const ran = await hasher.run([...wordsFor('people.csv', 'node.csv'), '--area', 'area.txt'])
  expect(ran.status).toBe(0)
})

afterAll(async () => {
  await hasher.remove()
})

function run(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  // Without PATH, so that no Node can be found: the program is whole.
  return ended(
    spawn(program, words, {
      cwd: hasher.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { NODE_ENV: 'test', ...PASSPHRASES, ...env },
    }),
  )
}

async function expectSameAsNode(name: string): Promise<void> {
  for (const end of ['.csv', '.manifest.json', '.manifest.hmac'])
    expect(await readFile(hasher.at(`${name}${end}`), 'utf8')).toBe(
      await readFile(hasher.at(`node${end}`), 'utf8'),
    )
}

describe('the Linux program', () => {
  it('[S34] passes the published vectors and makes the same file as the command line, without any Node', async () => {
    const tested = await run(linux, ['--self-test'])
    expect(tested).toMatchObject({
      status: 0,
      stdout: 'self-test: 480 published vectors passed, 0 failed\n',
    })
    const made = await run(linux, [...wordsFor('people.csv', 'linux.csv'), '--area', 'area.txt'])
    expect(made.status).toBe(0)
    await expectSameAsNode('linux')
    const refused = await run(linux, [...wordsFor('people.csv', 'linux.csv')])
    expect(refused.status).toBe(2)
    expect(refused.stderr).toContain('linux.csv already exists.')
  })
})

describe.runIf(wine !== '')('the Windows program', () => {
  const inWindows = (): Record<string, string> => ({
    WINEPREFIX: path.join(hasher.folder, 'wine'),
    WINEDEBUG: '-all',
    HOME: hasher.folder,
    PATH: '/usr/bin:/bin',
    // Debian's wine says it is an older Windows than Node supports.
    NODE_SKIP_PLATFORM_CHECK: '1',
  })

  it('[S34] passes the published vectors and makes the same file as the command line', async () => {
    const tested = await run(wine, [windows, '--self-test'], inWindows())
    expect(tested.status).toBe(0)
    expect(tested.stdout).toContain('self-test: 480 published vectors passed, 0 failed')
    const words = [
      ...wordsFor('people.csv', 'windows.csv'),
      '--area',
      'area.txt',
      '--report',
      'windows.txt',
    ]
    const made = await run(wine, [windows, ...words], inWindows())
    expect(made.status).toBe(0)
    await expectSameAsNode('windows')
    expect(await readFile(hasher.at('windows.txt'), 'utf8')).toContain('rows: 2 read = 2 accepted')
  })

  it('carries no signature, since the one of its Node would be broken', async () => {
    const program = await readFile(windows)
    expect(withoutSignature(program, 'windows-x64').equals(program)).toBe(true)
  })
})
