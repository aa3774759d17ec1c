import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import type { PostcodeCode } from '#core/messages/operating/postcode-refusals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  changeableQuarters,
  putEntry,
  type ChangeRefusal,
} from '#server/programme/register/change-register.ts'
import {
  readWardCodes,
  writeWardCodes,
  type Entry,
  type Facts,
} from '#server/programme/register/entries.ts'
import { readProgramme } from '#server/programme/register/read-programme.ts'
import type { Register } from '#server/programme/register/register.ts'
import { SHELVES } from '#server/programme/register/shelves.ts'
import { copyPostcodes } from './postcode-areas.ts'
import type { PostcodesRead, WardCodes } from './postcode-areas.ts'
import { readPostcodeFile } from './postcode-file.ts'

/**
 * Puts a postcode file in place of the postcodes of a programme, in one transaction. What was
 * ingested before keeps the wards it was given; the next file is looked up in the new ones. A
 * register names the wards' codes anew: each ward that has others gets a version of its own, from
 * the last quarter that has begun.
 */
export async function importPostcodes(
  database: Database,
  actor: string,
  open: () => AsyncIterable<Uint8Array>,
  { register, now = new Date() }: { readonly register?: Register | undefined; now?: Date } = {},
): Promise<
  (PostcodesRead & { readonly postcodes: number }) | Refusal<PostcodeCode> | ChangeRefusal
> {
  const programme = await readProgramme(database)
  const wards = await readWards(database)
  const codes = register === undefined ? new Map<string, Facts>() : codesIn(register)
  const named = wards.map((ward) => ({
    ...ward,
    facts: { ...ward.facts, ...codes.get(ward.code) },
  }))
  if (register !== undefined && !isEach(wards, codes)) return refuse('postcodes-wards-differ')
  const read = await readPostcodeFile(open, named.map(wardCodesOf))
  if (!read.ok) return read
  const quarters = await changeableQuarters({ database, programme, now })
  return withTransaction(database, async (client, giveUp) => {
    await run(client, 'programme/lock-register', [])
    // The file takes a minute to read: it was read for wards that may be others by now.
    if (!isDeepStrictEqual(await readWards(client), wards)) {
      return giveUp(refuse('postcodes-wards-changed'))
    }
    for (const ward of named) {
      const change = { ...ward, from: quarters.at(-1) ?? '', reason: 'boundaries' as const }
      const done = await putEntry(client, { userId: actor }, change, quarters, now)
      if (!done.ok) return giveUp(done)
    }
    await inPrisma(client, ({ postcodeArea }) => postcodeArea.deleteMany())
    const postcodes = await copyPostcodes(client, read.rows)
    await appendAudit(client, {
      actor,
      event: 'postcodes.imported',
      subject: programme.code,
      detail: {
        form: read.form,
        read: read.read,
        postcodes,
        terminated: read.terminated,
        ...(read.deprivation === null ? {} : { deprivation: read.deprivation }),
      },
    })
    return { ...read, postcodes }
  })
}

/** The wards of a register with their codes, by code. */
export function wardCodes(register: Register): WardCodes[] {
  return register.wards
    .map(({ code, gss }) => ({ code, gss: gss ?? [] }))
    .sort((left, right) => (left.code < right.code ? -1 : 1))
}

async function readWards(on: Database | pg.ClientBase): Promise<Entry[]> {
  const wards = await inPrisma(on, (prisma) => SHELVES.ward.read(prisma))
  return wards.sort((left, right) => (left.code < right.code ? -1 : 1))
}

function wardCodesOf({ code, facts }: Entry): WardCodes {
  const isClosed = (facts.closedAfter ?? '') !== ''
  return { code, gss: readWardCodes(facts.gss ?? '')?.codes ?? [], isClosed }
}

/** What a register says of the codes of each ward. */
function codesIn({ wards }: Register): ReadonlyMap<string, Facts> {
  return new Map(
    wards.map(({ code, gss = [], gssYears = {} }) => [
      code,
      { gss: writeWardCodes(gss, gssYears) },
    ]),
  )
}

function isEach(wards: readonly Entry[], codes: ReadonlyMap<string, unknown>): boolean {
  return wards.length === codes.size && wards.every(({ code }) => codes.has(code))
}
