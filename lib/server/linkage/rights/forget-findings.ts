import type pg from 'pg'
import { readRowList, RowList } from '#core/checks/row-list.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/**
 * Forgets of the rows of a person that something was found in them, in the caller's transaction; how often it was found stays.
 * `rows` are those of the person's records. In a file of several rows a person nobody knows which of the others were theirs:
 * there it is forgotten of every row.
 */
export async function forgetFindings(
  client: pg.ClientBase,
  submission: string,
  rows: readonly number[],
): Promise<void> {
  const where = { submissionId: BigInt(submission) }
  if (await hasSeveralRowsEach(client, submission)) {
    await inPrisma(client, async ({ findingCount, findingRowList }) => {
      await findingRowList.deleteMany({ where })
      await findingCount.updateMany({ where, data: { firstRows: [] } })
    })
    return
  }
  await inPrisma(client, async ({ findingCount, findingRowList }) => {
    for (const { rows: listed, ...key } of await findingRowList.findMany({ where })) {
      const all = readRowList(listed)
      const left = without(all, rows)
      if (left.length === all.length) continue
      await findingRowList.update({
        select: { code: true },
        where: { submissionId_code_field_severity: key },
        data: { rows: listOf(left) },
      })
    }
    const told = await findingCount.findMany({
      where: { ...where, firstRows: { hasSome: [...rows] } },
    })
    for (const { submissionId, code, field, severity, firstRows } of told) {
      await findingCount.update({
        select: { code: true },
        where: { submissionId_code_field_severity: { submissionId, code, field, severity } },
        data: { firstRows: without(firstRows, rows) },
      })
    }
  })
}

/** Of a file of contacts, activities or scores a record is of all rows of its person, and kept with the first. */
async function hasSeveralRowsEach(client: pg.ClientBase, id: string): Promise<boolean> {
  const { rowsAccepted, records, stopped } = await inPrisma(client, ({ submission }) =>
    submission.findUniqueOrThrow({
      where: { id: BigInt(id) },
      select: { rowsAccepted: true, records: true, stopped: true },
    }),
  )
  return (rowsAccepted ?? 0) > (records ?? 0) + stopped
}

function without(all: readonly number[], rows: readonly number[]): number[] {
  const leaving = new Set(rows)
  return all.filter((row) => !leaving.has(row))
}

function listOf(rows: readonly number[]): Uint8Array<ArrayBuffer> {
  const list = new RowList()
  for (const row of rows) list.push(row)
  return list.toBytes()
}
