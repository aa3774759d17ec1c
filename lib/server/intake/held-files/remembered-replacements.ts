/**
 * What a service replaced in whole columns of its last files, so that it is offered when the next file has the same fault: a
 * word that its system exports every quarter. Only of columns that identify nobody, and neither text can be read:
 *   key    = HKDF-SHA-256(key of what is remembered, "countonce-replacements-1", service, field)
 *   found  = HMAC-SHA-256(key, "found", what was looked for, folded)
 *   sealed = nonce, AES-256-GCM under HMAC-SHA-256(key, "sealed", what was looked for, folded), tag
 * So what took its place is opened by who has the keys and a file that says again what was found.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type pg from 'pg'
import { answersOf, fieldsOfAnswer } from '#core/mapping/answers/column-choices.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { Corrections } from '#core/preparation/corrections/corrections.ts'
import { anyField } from '#core/standard/further-fields.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { ProgrammeStore } from '#server/store/store.ts'

const NONCE = 12
const TAG = 16
/** Most that are remembered of one file. */
const MOST = 100

type WithKeys = Pick<ProgrammeStore, 'keys'>

/** Remembers what was replaced in whole cells of columns that identify nobody. */
export async function rememberReplacements(
  client: pg.ClientBase,
  store: WithKeys,
  service: string,
  mapping: Mapping,
  { steps, done }: Corrections,
): Promise<void> {
  const rules = steps
    .slice(0, done)
    .flatMap(({ rule }) => (rule?.isWhole === true ? [rule] : []))
    .slice(-MOST)
  for (const { heading, find, replace } of rules) {
    const field = plainField(mapping, heading)
    if (field === undefined) continue
    const key = keyOf(store, service, field)
    const kept = { sealed: seal(key, find, replace), savedAt: new Date() }
    const id = { serviceCode: service, field, found: foundOf(key, find) }
    await inPrisma(client, ({ rememberedReplacement }) =>
      rememberedReplacement.upsert({
        select: { field: true },
        where: { serviceCode_field_found: id },
        create: { ...id, ...kept },
        update: kept,
      }),
    )
  }
}

/** What a service replaced in a column before; undefined for a text that nothing is known of. */
export type KnownReplacement = (text: string) => string | undefined

/** What a service replaced before in the columns of a file, by heading; none for most. */
export async function readReplacements(
  { database, keys }: Pick<ProgrammeStore, 'database' | 'keys'>,
  service: string,
  mapping: Mapping,
  header: readonly string[],
): Promise<ReadonlyMap<string, KnownReplacement>> {
  const rows = await readRemembered(database, service)
  const known = new Map<string, KnownReplacement>()
  for (const heading of header) {
    const field = plainField(mapping, heading)
    const ofField = rows.filter((row) => row.field === field)
    if (field === undefined || ofField.length === 0) continue
    const key = keyOf({ keys }, service, field)
    const sealed = new Map(ofField.map((row) => [hex(row.found), row.sealed]))
    known.set(heading, (text) => {
      const found = sealed.get(hex(foundOf(key, text)))
      return found === undefined ? undefined : open(key, text, found)
    })
  }
  return known
}

async function readRemembered(
  database: Database,
  service: string,
): Promise<{ field: string; found: Uint8Array; sealed: Uint8Array }[]> {
  return inPrisma(database, ({ rememberedReplacement }) =>
    rememberedReplacement.findMany({
      select: { field: true, found: true, sealed: true },
      where: { serviceCode: service },
    }),
  )
}

/** The first field that a column gives, where none that it gives identifies anybody. */
function plainField(mapping: Mapping, heading: string): string | undefined {
  const fields = fieldsOfAnswer(answersOf(mapping, [heading])[0] ?? '')
  const isPlain = fields.every((name) => {
    const field = anyField(name)
    return field !== undefined && field.kind !== 'identifier' && field.kind !== 'staff'
  })
  return isPlain ? fields[0] : undefined
}

function keyOf({ keys }: WithKeys, service: string, field: string): Uint8Array {
  const info = `countonce-replacements-1 ${service} ${field}`
  return new Uint8Array(hkdfSync('sha256', keys.remembering.key, '', info, 32))
}

/** A replacement of whole cells is blind to case and to spaces around. */
function folded(text: string): string {
  return text.trim().toLowerCase()
}

function foundOf(key: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const digest = createHmac('sha256', key)
    .update(`found\0${folded(text)}`)
    .digest()
  return new Uint8Array(digest)
}

function sealKey(key: Uint8Array, text: string): Buffer {
  return createHmac('sha256', key)
    .update(`sealed\0${folded(text)}`)
    .digest()
}

function seal(key: Uint8Array, text: string, replace: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', sealKey(key, text), nonce)
  const parts = [nonce, cipher.update(replace, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return new Uint8Array(Buffer.concat(parts))
}

function open(key: Uint8Array, text: string, sealed: Uint8Array): string | undefined {
  const nonce = sealed.subarray(0, NONCE)
  const decipher = createDecipheriv('aes-256-gcm', sealKey(key, text), nonce, {
    authTagLength: TAG,
  })
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    const opened = decipher.update(sealed.subarray(NONCE, sealed.length - TAG))
    return Buffer.concat([opened, decipher.final()]).toString('utf8')
  } catch {
    // Other keys than those it was sealed with: it is as if nothing were remembered.
    return undefined
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
