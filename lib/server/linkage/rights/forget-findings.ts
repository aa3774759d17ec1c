import type pg from 'pg'
import { readRowList, RowList } from '#core/checks/row-list.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/**
 * Forgets of some rows of a submission that something was found in them, in the caller's transaction; how often it was found
 * stays.
 */
export async function forgetFindings(
  client: pg.ClientBase,
  submission: string,
  rows: readonly number[],
): Promise<void> {
  const where = { submissionId: BigInt(submission) }
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

function without(all: readonly number[], rows: readonly number[]): number[] {
  const leaving = new Set(rows)
  return all.filter((row) => !leaving.has(row))
}

function listOf(rows: readonly number[]): Uint8Array<ArrayBuffer> {
  const list = new RowList()
  for (const row of rows) list.push(row)
  return list.toBytes()
}
