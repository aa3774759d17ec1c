import { scrypt } from 'node:crypto'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'
import { writeAreaFile, type ProgrammeArea, type ServiceRules } from '#core/area-file/area-file.ts'
import { postcodeDigestHex } from '#core/area-file/area-table.ts'
import { readManifest, type Manifest } from '#core/hashed-file/manifest.ts'
import { writeKeyFile } from '#core/key-file/key-file.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { bytesFromHex } from '#core/pseudonym/keys.ts'

/** A folder with what a trust is given, and the command line run in it. */

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const COMPILED = path.join(ROOT, 'node_modules/.cache/count-once/compiled')

/** Where executables are built for tests: they are kept from run to run. */
export const BUILT = path.join(ROOT, 'node_modules/.cache/count-once/executables')

/** An environment without what this one happens to hold. */
export const BARE: NodeJS.ProcessEnv = { NODE_ENV: 'test', PATH: process.env['PATH'] }

export const SOURCE_KEY = bytesFromHex(
  '3f9a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fca',
)
export const OLD_SOURCE_KEY = bytesFromHex(
  '91c2a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fc',
)
export const PASSPHRASE = 'nine green bottles of wine'
export const OLD_PASSPHRASE = 'ten brown bottles of beer'

export const PROGRAMME: ProgrammeArea = {
  programme: { code: 'invented', name: 'An invented programme' },
  providers: [
    { code: 'trust-a', name: 'Trust A' },
    { code: 'charity-b', name: 'Charity B' },
  ],
  services: [
    { code: 'slt', name: 'Speech and language', provider: 'trust-a' },
    { code: 'play', name: 'Play', provider: 'charity-b' },
  ],
  wards: [{ code: 'W-1', name: 'North' }],
  framework: {
    version: 3,
    framework: {
      outcomes: [{ code: 'talk', label: 'Children talk' }],
      measures: [{ code: 'words', outcome: 'talk', label: 'Words that a child says' }],
      instruments: [
        {
          ...{ code: 'invented-words', label: 'Invented count of words', words: ['ICW'] },
          ...{ measure: 'words', least: 0, most: 50, services: ['slt'], invented: true },
        },
      ],
    },
  },
}

/** What a run of the command line came to. */
export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface HasherFolder {
  readonly folder: string
  /** The path of a file in it. */
  at(name: string): string
  write(name: string, content: string | Uint8Array): Promise<string>
  /**
   * Runs the command line with these words in the folder; none of its files may be longer than
   * `most` blocks of the shell’s.
   */
  run(words: readonly string[], env?: Readonly<Record<string, string>>, most?: number): Promise<Ran>
  /** Starts it, to be told something while it runs. */
  start(
    words: readonly string[],
    env?: Readonly<Record<string, string>>,
    most?: number,
  ): ChildProcess
  /** The files that a run left under the name of its output. */
  leftOf(out: string): Promise<string[]>
  /** A manifest in it; throws when it is none. */
  manifestAt(name: string): Promise<Manifest>
  remove(): Promise<void>
}

/** Makes the folder, with `key.txt`, `old-key.txt` and `area.txt` in it. */
export async function makeHasherFolder(): Promise<HasherFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'countonce-hasher-'))
  const program = inject('hasherProgram')
  const at = (name: string): string => path.join(folder, name)
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(at(name), content)
    return at(name)
  }
  await write('key.txt', await keyFile(SOURCE_KEY, PASSPHRASE))
  await write('old-key.txt', await keyFile(OLD_SOURCE_KEY, OLD_PASSPHRASE))
  await write('area.txt', areaFile(SOURCE_KEY))
  const start: HasherFolder['start'] = (words, env = {}, most) => {
    const limit = most === undefined ? '' : `ulimit -f ${most}; `
    return spawn('/bin/sh', ['-c', `${limit}exec "$0" "$@"`, process.execPath, program, ...words], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...BARE, NODE_COMPILE_CACHE: COMPILED, ...PASSPHRASES, ...env },
    })
  }
  return {
    folder,
    at,
    write,
    start,
    run: (words, env, most) => ended(start(words, env, most)),
    leftOf: async (out) => {
      const stem = out.slice(0, -'.csv'.length)
      return (await readdir(folder)).filter((entry) => entry.startsWith(`${stem}.`)).sort()
    },
    manifestAt: async (name) => {
      const read = readManifest(await readFile(at(name)))
      if (!read.ok) throw new Error(read.code)
      return read.manifest
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

export const PASSPHRASES: Readonly<Record<string, string>> = {
  COUNTONCE_PASSPHRASE: PASSPHRASE,
  COUNTONCE_BRIDGE_PASSPHRASE: OLD_PASSPHRASE,
}

/** Waits for a process and keeps what it said. */
export function ended(child: ChildProcess): Promise<Ran> {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => {
      resolve({ status, stdout, stderr })
    })
  })
}

/** The text of a key file of a key, sealed with fixed bytes. */
export function keyFile(key: Uint8Array, passphrase: string, live = true): Promise<string> {
  return writeKeyFile(
    {
      key,
      live,
      passphrase,
      salt: Uint8Array.from({ length: 16 }, (_, index) => index * 7),
      nonce: Uint8Array.from({ length: 12 }, (_, index) => index * 11),
    },
    { subtle: crypto.subtle, scrypt },
  )
}

/** The area file of the invented programme under a key, with rules for some services. */
export function areaFile(key: Uint8Array, rules?: ServiceRules): Uint8Array {
  const source = createHmacEngine().prepareKey(key)
  const north = { ward: 'W-1', imdDecile: 3, inArea: 'yes' } as const
  const programme = rules === undefined ? PROGRAMME : { ...PROGRAMME, rules }
  return writeAreaFile(programme, [[postcodeDigestHex('SW99SL'), north]], source)
}

/** The words that every run needs: the file, the key, and for whom. */
export function wordsFor(file: string, out = 'out.csv', key = 'key.txt'): string[] {
  const given = ['--key', key, '--provider', 'trust-a', '--service', 'slt']
  return [file, ...given, '--quarter', '2024-Q1', '--out', out]
}
