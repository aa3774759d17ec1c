import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { openBlobs } from '#server/platform/storage/file-store.ts'
import { reachesMail, type MailPlace } from '#server/platform/mail/mailer.ts'
import { readOrigin } from '#server/portal/opening/portal-settings.ts'
import type { Check } from '#server/portal/checklist/check.ts'
import { isBelow, PACKAGE_FLOORS } from './package-floors.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where people open the portal. */
export function examineOrigin(env: Environment): Check<'settings'> {
  const code = 'settings'
  const given = env['COUNTONCE_ORIGIN'] ?? ''
  if (given === '') {
    return {
      code,
      state: 'weak',
      found: 'COUNTONCE_ORIGIN is not set: this machine’s own address.',
    }
  }
  const { origin, protocol } = readOrigin(given)
  const isOwn = protocol === 'http:'
  return {
    code,
    state: isOwn ? 'weak' : 'met',
    found: isOwn ? `${origin}, on this machine alone` : origin,
  }
}

/** Whether mails leave, and where to. */
export async function examineMail(place: MailPlace): Promise<Check<'mail'>> {
  const code = 'mail'
  if ((place.smtpUrl ?? '') === '') {
    return {
      code,
      state: 'missing',
      found: 'SMTP_URL is not set: mails lie in a folder, and reach nobody.',
    }
  }
  return (await reachesMail(place))
    ? { code, state: 'met', found: 'The mail server answers and lets us in.' }
    : { code, state: 'missing', found: 'The mail server does not answer, or does not let us in.' }
}

/** Whether the storage keeps what it is given and erases it again. */
export async function examineStorage(place: {
  readonly dataDir: string
  readonly env: Environment
}): Promise<Check<'storage'>> {
  const code = 'storage'
  const blobs = await openBlobs(place)
  const [id, written] = [randomBytes(16).toString('hex'), new Uint8Array(randomBytes(32))]
  await blobs.write(id, oneChunk(written))
  const read = await blobs.read(id, 0, written.length)
  await blobs.erase(id)
  const isGone = (await blobs.size(id)) === undefined
  if (read === undefined || !Buffer.from(read).equals(written)) {
    return { code, state: 'missing', found: 'What was written did not come back.' }
  }
  return isGone
    ? { code, state: 'met', found: 'It keeps what it is given, and erases it.' }
    : { code, state: 'missing', found: 'What was erased is still there.' }
}

async function* oneChunk(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes)
}

const GIGABYTE = 1024 ** 3

/** How much room the data folder has. */
export async function examineDisk(dataDir: string): Promise<Check<'disk'>> {
  const { bavail, bsize } = await statfs(nearestFolder(dataDir))
  const free = (bavail * bsize) / GIGABYTE
  const found = `${free.toFixed(1)} GB are free.`
  return { code: 'disk', state: free < 1 ? 'missing' : free < 5 ? 'weak' : 'met', found }
}

/** A folder, or where it would be made: with storage elsewhere, the first start makes it. */
function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path))
}

const manifest = z.object({ version: z.string() })

/** Whether Node and the packages are those that are meant. */
export async function examineVersions(node = process.versions.node): Promise<Check<'versions'>> {
  const code = 'versions'
  const packages = projectFolder('node_modules')
  const installed = await Promise.all(
    Object.entries(PACKAGE_FLOORS).map(async ([name, floor]) => {
      const text = await readFile(join(packages, name, 'package.json'), 'utf8')
      const { version } = manifest.parse(JSON.parse(text))
      return { name, version, isOld: isBelow(version, floor) }
    }),
  )
  const old = installed
    .filter(({ isOld }) => isOld)
    .map(({ name, version }) => `${name} ${version}`)
  const tooOld = isBelow(node, '24.0.0') ? [`Node.js ${node}`, ...old] : old
  return tooOld.length > 0
    ? { code, state: 'missing', found: `Too old: ${tooOld.join(', ')}.` }
    : { code, state: 'met', found: `Node.js ${node}, and every package above its floor.` }
}
