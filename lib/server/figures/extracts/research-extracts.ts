import type pg from 'pg'
import type { CohortCode } from '#core/messages/research/research-words.ts'
import type { VariableCode } from '#core/research/variables.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Asked } from './read-cohort.ts'

/** What is looked at of the project that an extract is for. */
interface ForProject {
  readonly reference: string
  readonly title: string
  readonly recipient: string
  /** yyyy-mm-dd. */
  readonly endsOn: string
}

/** What was made. */
interface Made {
  readonly rows: number
  readonly leftOut: number
  readonly loss: number
  readonly fewest: number
  readonly steps: readonly number[]
  readonly at: Date
  readonly digest: string
  /** Whether the sealed file is still there to be fetched. */
  readonly isThere: boolean
}

/** A certificate of destruction. */
interface Destroyed {
  readonly on: string
  readonly by: string
  readonly how: string
}

/** An extract as it stands. Days are yyyy-mm-dd. */
export interface ResearchExtract extends Asked {
  readonly id: string
  readonly reference: string
  readonly project: ForProject
  /** With its project at the latest. */
  readonly expiresOn: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly made: Made | undefined
  readonly destroyed: Destroyed | undefined
  /** How many people have left since, whose rows the project has to remove. */
  readonly removals: number
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

const firstOf = (a: string, b: string): string => (a < b ? a : b)

/** Whether an extract has had its time, on a day: nobody is given it any more, and its certificate is due. */
export function hasExpired(
  { expiresOn }: Pick<ResearchExtract, 'expiresOn'>,
  today: string,
): boolean {
  return expiresOn < today
}

const PARTS = {
  project: { select: { reference: true, title: true, recipient: true, endsOn: true } },
  _count: { select: { removals: true } },
} as const

/** The extract of a reference. */
export async function findExtract(
  on: Database | pg.ClientBase,
  reference: string,
): Promise<ResearchExtract | undefined> {
  const [found] = await listExtracts(on, { reference })
  return found
}

/** The extracts of a project, or one of them, the newest first. */
export async function listExtracts(
  on: Database | pg.ClientBase,
  of: { readonly reference: string } | { readonly project: { readonly reference: string } },
): Promise<readonly ResearchExtract[]> {
  const rows = await inPrisma(on, (prisma) =>
    prisma.researchExtract.findMany({
      where: of,
      orderBy: { id: 'desc' },
      omit: { sealed: true },
      include: PARTS,
    }),
  )
  const there = await inPrisma(on, (prisma) =>
    prisma.researchExtract.findMany({
      where: { ...of, sealed: { not: null } },
      select: { id: true },
    }),
  )
  const isThere = new Set(there.map(({ id }) => id))
  return rows.map((row) => ({
    ...{ id: String(row.id), reference: row.reference, askedBy: row.askedBy, askedAt: row.askedAt },
    project: { ...row.project, endsOn: dayOf(row.project.endsOn) },
    // As they were checked when it was asked for.
    variables: row.variables as VariableCode[],
    cohort: row.cohort as CohortCode,
    firstQuarter: row.firstQuarter as Quarter,
    lastQuarter: row.lastQuarter as Quarter,
    expiresOn: firstOf(dayOf(row.expiresOn), dayOf(row.project.endsOn)),
    made: madeOf(row, isThere.has(row.id)),
    destroyed:
      row.destroyedOn === null
        ? undefined
        : { on: dayOf(row.destroyedOn), by: row.destroyedBy ?? '', how: row.destroyedHow ?? '' },
    removals: row._count.removals,
  }))
}

function madeOf(
  row: {
    readonly madeAt: Date | null
    readonly rowCount: number | null
    readonly leftOut: number | null
    readonly loss: number | null
    readonly fewest: number | null
    readonly steps: readonly number[]
    readonly digest: string | null
  },
  isThere: boolean,
): Made | undefined {
  const { madeAt, rowCount, leftOut, loss, fewest, steps, digest } = row
  // Of which the table's check has all or none.
  if (madeAt === null) return undefined
  return {
    ...{ at: madeAt, rows: rowCount ?? 0, leftOut: leftOut ?? 0, loss: loss ?? 0 },
    ...{ fewest: fewest ?? 0, steps, digest: digest ?? '', isThere },
  }
}
