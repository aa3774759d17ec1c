import type { PostcodeCode } from '#core/messages/operating/postcode-refusals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { copyPostcodes } from './postcode-areas.ts'
import type { PostcodesRead, WardCodes } from './postcode-areas.ts'
import { readPostcodeFile } from './postcode-file.ts'
import { readProgramme } from '#server/programme/register/read-programme.ts'
import type { Register } from '#server/programme/register/register.ts'

/**
 * Puts a postcode file in place of the postcodes of a programme, in one transaction. What was
 * ingested before keeps the wards it was given; the next file is looked up in the new ones. A
 * register names the wards' codes anew.
 */
export async function importPostcodes(
  database: Database,
  actor: string,
  open: () => AsyncIterable<Uint8Array>,
  register?: Register,
): Promise<(PostcodesRead & { readonly postcodes: number }) | Refusal<PostcodeCode>> {
  const programme = await readProgramme(database)
  const wards = await readWardCodes(database)
  const closed = new Set(wards.flatMap(({ code, isClosed = false }) => (isClosed ? [code] : [])))
  const named =
    register === undefined
      ? wards
      : wardCodes(register).map((ward) => ({ ...ward, isClosed: closed.has(ward.code) }))
  if (named.map(({ code }) => code).join() !== wards.map(({ code }) => code).join()) {
    return refuse('postcodes-wards-differ')
  }
  const read = await readPostcodeFile(open, named)
  if (!read.ok) return read
  return withTransaction(database, async (client) => {
    await inPrisma(client, async (prisma) => {
      for (const { code, gss } of named) {
        await prisma.ward.update({ where: { code }, data: { gssCodes: [...gss] } })
      }
      await prisma.postcodeArea.deleteMany()
    })
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
  return byCode(register.wards.map(({ code, gss }) => ({ code, gss: gss ?? [] })))
}

async function readWardCodes(database: Database): Promise<WardCodes[]> {
  const wards = await inPrisma(database, (prisma) => prisma.ward.findMany())
  return byCode(
    wards.map(({ code, gssCodes, closedAfter }) => ({
      ...{ code, gss: gssCodes, isClosed: closedAfter !== null },
    })),
  )
}

function byCode(wards: WardCodes[]): WardCodes[] {
  return wards.sort((left, right) => (left.code < right.code ? -1 : 1))
}
