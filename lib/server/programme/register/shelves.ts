import type { RegisterKind } from '#core/messages/register/register-words.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { dateOfDay, dayOfDate } from '#server/platform/db/days.ts'
import type { PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { readWardCodes, writeWardCodes, type Entry, type Facts } from './entries.ts'

/** Where the entries of each kind stand, read and written as facts. */

/** The entries of one kind. */
interface Shelf {
  /** One, or all by name. */
  readonly read: (prisma: PrismaTransaction, code?: string) => Promise<Entry[]>
  readonly add: (prisma: PrismaTransaction, entry: Entry) => Promise<unknown>
  readonly change: (prisma: PrismaTransaction, entry: Entry) => Promise<unknown>
}

const BY_NAME = [{ name: 'asc' as const }, { code: 'asc' as const }]

/** Each kind of entry. */
export const SHELVES: Readonly<Record<RegisterKind, Shelf>> = {
  programme: {
    read: async (prisma, code) =>
      (await prisma.programme.findMany({ where: only(code) })).map((row) => ({
        ...({ kind: 'programme', validFrom: null } as const),
        ...{ code: row.code, version: row.version },
        facts: {
          ...{ name: row.name, begins: dayOfDate(row.yearsFrom), ends: dayOfDate(row.yearsTo) },
        },
      })),
    // One store serves one programme, which `countonce init` makes.
    add: () => Promise.reject(new Error('a programme is not added to a register')),
    change: (prisma, entry) =>
      prisma.programme.update({
        where: keyOf(entry),
        data: {
          ...{ name: entry.facts.name ?? '', version: entry.version },
          yearsFrom: dateOfDay(entry.facts.begins ?? ''),
          yearsTo: dateOfDay(entry.facts.ends ?? ''),
        },
        select: { code: true },
      }),
  },
  provider: {
    read: async (prisma, code) =>
      (await prisma.provider.findMany({ where: only(code), orderBy: BY_NAME })).map((row) =>
        entryOf('provider', row, {}),
      ),
    add: (prisma, entry) => prisma.provider.create({ data: { ...keyOf(entry), ...usual(entry) } }),
    change: (prisma, entry) =>
      prisma.provider.update({ where: keyOf(entry), data: usual(entry), select: { code: true } }),
  },
  strand: {
    read: async (prisma, code) =>
      (await prisma.strand.findMany({ where: only(code), orderBy: BY_NAME })).map((row) =>
        entryOf('strand', row, {}),
      ),
    add: (prisma, entry) => prisma.strand.create({ data: { ...keyOf(entry), ...usual(entry) } }),
    change: (prisma, entry) =>
      prisma.strand.update({ where: keyOf(entry), data: usual(entry), select: { code: true } }),
  },
  ward: {
    read: async (prisma, code) =>
      (await prisma.ward.findMany({ where: only(code), orderBy: BY_NAME })).map((row) =>
        entryOf('ward', row, {
          // What we wrote ourselves.
          gss: writeWardCodes(row.gssCodes, row.gssYears as Record<string, string>),
          ...{ splitFrom: row.splitFrom ?? '', tile: row.tile ?? '' },
        }),
      ),
    add: (prisma, entry) => prisma.ward.create({ data: { ...keyOf(entry), ...wardOf(entry) } }),
    change: (prisma, entry) =>
      prisma.ward.update({ where: keyOf(entry), data: wardOf(entry), select: { code: true } }),
  },
  service: {
    read: async (prisma, code) =>
      (
        await prisma.service.findMany({
          ...{ where: only(code), orderBy: BY_NAME },
          include: { source: { select: { kind: true, area: true, noRecord: true } } },
        })
      ).map((row) =>
        entryOf('service', row, {
          strand: row.strandCode,
          provider: row.providerCode,
          reachedBy: row.reachedBy,
          acceptsClear: row.acceptsClear ? 'yes' : '',
          reminder: row.reminder,
          mergedInto: row.mergedInto ?? '',
          ...(row.source === null
            ? {}
            : {
                ...{ sourceKind: row.source.kind, area: row.source.area },
                noRecord: row.source.noRecord,
              }),
        }),
      ),
    // Whose service is a source has it written beside (change-register.ts).
    add: (prisma, entry) =>
      prisma.service.create({
        data: {
          ...keyOf(entry),
          ...serviceOf(entry),
          strandCode: entry.facts.strand ?? '',
          providerCode: entry.facts.provider ?? '',
          // It is tried out before it counts.
          stage: 'profiling',
        },
      }),
    async change(prisma, entry) {
      await prisma.service.update({
        where: keyOf(entry),
        data: serviceOf(entry),
        select: { code: true },
      })
      const { area, noRecord } = entry.facts
      if (area === undefined || noRecord === undefined) return
      await prisma.source.updateMany({
        where: { serviceCode: entry.code },
        data: { area, noRecord, version: { increment: 1 } },
      })
    },
  },
  'list-value': {
    read: async (prisma, code) =>
      (
        await prisma.listValue.findMany({
          where: only(code),
          orderBy: [{ list: 'asc' }, ...BY_NAME],
        })
      ).map((row) => entryOf('list-value', row, { list: row.list })),
    add: (prisma, entry) =>
      prisma.listValue.create({
        data: { ...keyOf(entry), ...usual(entry), list: entry.facts.list ?? '' },
      }),
    change: (prisma, entry) =>
      prisma.listValue.update({ where: keyOf(entry), data: usual(entry), select: { code: true } }),
  },
  quarter: {
    read: async (prisma, quarter) =>
      (
        await prisma.reportingQuarter.findMany({
          where: quarter === undefined ? {} : { quarter },
          orderBy: { quarter: 'asc' },
        })
      ).map(({ quarter: code, version, deadline, closed }) => ({
        ...({ kind: 'quarter', validFrom: null } as const),
        ...{ code, version },
        facts: { deadline: dayOfDate(deadline), closed: closed ? 'yes' : '' },
      })),
    add: (prisma, entry) =>
      prisma.reportingQuarter.create({ data: { quarter: entry.code, ...quarterOf(entry) } }),
    change: (prisma, entry) =>
      prisma.reportingQuarter.update({ where: { quarter: entry.code }, data: quarterOf(entry) }),
  },
}

function only(code: string | undefined): { readonly code?: string } {
  return code === undefined ? {} : { code }
}

const keyOf = ({ code }: Entry): { readonly code: string } => ({ code })

interface Row {
  readonly code: string
  readonly name: string
  readonly version: number
  readonly validFrom: string | null
  readonly closedAfter: string | null
}

function entryOf(kind: RegisterKind, row: Row, facts: Facts): Entry {
  const { code, name, version, closedAfter } = row
  return {
    ...{ kind, code, version },
    // The columns' checks allow no other.
    validFrom: row.validFrom as Quarter | null,
    facts: { name, ...facts, closedAfter: closedAfter ?? '' },
  }
}

/** What every kind but the quarters has. */
function usual({ version, validFrom, facts }: Entry): Omit<Row, 'code'> {
  return {
    ...{ name: facts.name ?? '', version, validFrom },
    closedAfter: orNull(facts.closedAfter),
  }
}

function wardOf(entry: Entry): Omit<Row, 'code'> & {
  readonly gssCodes: string[]
  readonly gssYears: Record<string, string>
  readonly splitFrom: string | null
  readonly tile: string | null
} {
  const { codes = [], years = {} } = readWardCodes(entry.facts.gss ?? '') ?? {}
  return {
    ...usual(entry),
    ...{ gssCodes: codes, gssYears: years, splitFrom: orNull(entry.facts.splitFrom) },
    tile: orNull(entry.facts.tile),
  }
}

function serviceOf(entry: Entry): Omit<Row, 'code'> & {
  readonly reachedBy: string
  readonly acceptsClear: boolean
  readonly reminder: string
  readonly mergedInto: string | null
} {
  const { reachedBy, acceptsClear, reminder = '', mergedInto } = entry.facts
  return {
    ...usual(entry),
    reachedBy: reachedBy === 'active-enrolment' ? reachedBy : 'contacts',
    acceptsClear: acceptsClear === 'yes',
    ...{ reminder, mergedInto: orNull(mergedInto) },
  }
}

function quarterOf({ version, facts }: Entry): {
  readonly version: number
  readonly deadline: Date
  readonly closed: boolean
} {
  return {
    version,
    deadline: dateOfDay(facts.deadline ?? ''),
    closed: facts.closed === 'yes',
  }
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text
}
