import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'

/** The forms of the hasher that `npm run hasher` builds, in the order they are offered. */
const FORMS = [
  { name: 'count-once-hasher.html', form: 'page', type: 'text/html; charset=utf-8' },
  { name: 'countonce-hash-windows-x64.exe', form: 'windows', type: 'application/octet-stream' },
  { name: 'countonce-hash-linux-x64', form: 'linux', type: 'application/octet-stream' },
  { name: 'countonce-hash-macos-arm64', form: 'macos', type: 'application/octet-stream' },
] as const

/** A form of the hasher that is there to be given. */
export interface HasherFile {
  readonly name: string
  readonly form: (typeof FORMS)[number]['form']
  readonly type: string
  readonly bytes: number
  /** In hexadecimal, of the bytes that are given. */
  readonly sha256: string
}

/** Digests by path, time and length: a program of 100 MB is not read for every look at the page. */
const digests = new Map<string, string>()

/** The forms of the hasher in a folder; none when nothing was built into it. */
export async function listHasherFiles(
  database: Database,
  actor: Actor,
  folder: string,
): Promise<{ readonly ok: true; readonly files: readonly HasherFile[] } | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'hasher.get'))) return NOT_HELD
  const there = await readdir(folder).catch((): string[] => [])
  const files: HasherFile[] = []
  for (const form of FORMS) {
    if (!there.includes(form.name)) continue
    const path = join(/* turbopackIgnore: true */ folder, form.name)
    const { size, mtimeMs } = await stat(path)
    files.push({ ...form, bytes: size, sha256: await digestOf(path, `${size} ${mtimeMs}`) })
  }
  return { ok: true, files }
}

/** One form of the hasher with its bytes, to be saved. */
export async function openHasherFile(
  database: Database,
  actor: Actor,
  folder: string,
  name: string,
): Promise<
  | {
      readonly ok: true
      readonly file: HasherFile
      readonly bytes: ReturnType<typeof createReadStream>
    }
  | Refusal<'not-found'>
> {
  const listed = await listHasherFiles(database, actor, folder)
  if (!listed.ok) return listed
  const file = listed.files.find((one) => one.name === name)
  if (file === undefined) return refuse('not-found')
  const path = join(/* turbopackIgnore: true */ folder, file.name)
  return { ok: true, file, bytes: createReadStream(path) }
}

async function digestOf(path: string, version: string): Promise<string> {
  const key = `${path} ${version}`
  const known = digests.get(key)
  if (known !== undefined) return known
  const hash = createHash('sha256')
  const stream = createReadStream(path)
  stream.on('data', (chunk) => hash.update(chunk))
  await finished(stream)
  const digest = hash.digest('hex')
  digests.set(key, digest)
  return digest
}
