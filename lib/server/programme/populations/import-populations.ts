import { readPopulations, type PopulationFile } from '#core/populations/population-file.ts'
import { CsvSplitter } from '#core/tabular/csv/csv-splitter.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { BYTE_ORDER_MARK } from '#core/tabular/writing/csv-writer.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { readProgramme } from '#server/programme/register/read-programme.ts'

/**
 * Puts the populations of a CSV file in place of those of the same years, all of it or nothing; years that the file does not have
 * stay. `year` is of a sheet of the ONS, which does not say it.
 */
export async function importPopulations(
  database: Database,
  actor: string,
  text: string,
  year?: number,
): Promise<PopulationFile> {
  const rows = splitRows(text)
  if (rows === undefined) return { ok: false, problems: ['It is not a CSV file'] }
  const programme = await readProgramme(database)
  const wards = await inPrisma(database, ({ ward }) =>
    ward.findMany({ select: { code: true, name: true, gssCodes: true }, orderBy: { code: 'asc' } }),
  )
  const read = readPopulations(
    rows,
    wards.map(({ gssCodes, ...ward }) => ({ ...ward, gss: gssCodes })),
    year,
  )
  if (!read.ok) return read
  await withTransaction(database, async (client) => {
    await run(client, 'populations/replace-populations', [
      read.people.map(({ ward }) => ward),
      read.people.map((one) => one.year),
      read.people.map(({ age }) => age),
      read.people.map(({ people }) => people),
    ])
    await appendAudit(client, {
      ...{ actor, event: 'populations.imported', subject: programme.code },
      detail: {
        ...{ years: read.years.join(' '), wards: wards.length - read.missing.length },
        ...{ missing: read.missing.length, others: read.others },
      },
    })
  })
  return read
}

function splitRows(text: string): string[][] | undefined {
  const splitter = new CsvSplitter(',')
  const plain = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  try {
    return [...splitter.push(plain), ...splitter.finish()]
  } catch (error) {
    if (error instanceof FileRefused) return undefined
    throw error
  }
}
