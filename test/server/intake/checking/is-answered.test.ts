import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whatStops } from '#core/checks/what-stops.ts'
import type { FileFinding } from '#core/standard/finding.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { openTestProgramme, receive, type TestProgramme } from '../../setup/open-programme.ts'
import { children, csv } from '../submissions/small-files.ts'

/** The ladder of what stops a file, which the core climbs and lists of the portal ask in SQL. */

let programme: TestProgramme
let id: bigint

beforeAll(async () => {
  programme = await openTestProgramme()
  id = BigInt(await receive(programme.store, csv(children(0, 3))))
})

afterAll(() => programme.close())

const KINDS = ['birth-future', 'email-shape', 'first-please-confirm'] as const
const FIELDS = ['birth', 'email'] as const
const SEVERITIES = ['file', 'must-fix', 'confirm', 'note'] as const

/** Findings of a file, each of its own code, field and severity. */
const foundInFile = fc.uniqueArray(
  fc.record({
    code: fc.constantFrom(...KINDS),
    field: fc.constantFrom(...FIELDS),
    severity: fc.constantFrom('must-fix', 'confirm', 'note', ...SEVERITIES),
  }),
  { maxLength: 5, selector: ({ code, field, severity }) => `${code} ${field} ${severity}` },
)

const answersOfPerson = fc.record({
  leaveOut: fc.boolean(),
  confirmed: fc.uniqueArray(fc.constantFrom(...KINDS.flatMap(placesOf)), { maxLength: 6 }),
})

function placesOf(code: string): string[] {
  return FIELDS.map((field) => `${code} ${field}`)
}

test('a file is answered for in SQL where nothing stops it in the core, whatever was found and said', async () => {
  const seen = new Set<boolean>()
  await fc.assert(
    fc.asyncProperty(foundInFile, answersOfPerson, async (found, { leaveOut, confirmed }) => {
      const answered = await isAnsweredInSql(found, leaveOut, confirmed)
      const stop = whatStops(found as unknown as FileFinding[], {
        leaveOut,
        confirmed: ({ code, field }) => confirmed.includes(`${code} ${field}`),
      })
      seen.add(answered)
      expect(answered).toBe(stop === undefined)
    }),
    { numRuns: 100 },
  )
  expect(seen).toEqual(new Set([true, false]))
})

async function isAnsweredInSql(
  found: readonly { code: string; field: string; severity: string }[],
  leaveOut: boolean,
  confirmed: readonly string[],
): Promise<boolean> {
  const of = { submissionId: id }
  return inPrisma(programme.store.database, async (prisma) => {
    await prisma.findingCount.deleteMany({ where: of })
    await prisma.confirmation.deleteMany({ where: of })
    await prisma.journey.deleteMany({ where: of })
    await prisma.findingCount.createMany({
      data: found.map((one) => ({ ...of, ...one, rows: 1, firstRows: [1] })),
    })
    await prisma.confirmation.createMany({
      data: confirmed.map((place) => {
        const [code = '', field = ''] = place.split(' ')
        return { ...of, code, field, reason: 'always-so', confirmedBy: 'somebody' }
      }),
    })
    if (leaveOut) await prisma.journey.create({ data: { ...of, leaveOutReason: 'not-known' } })
    const [row] = await prisma.$queryRaw<
      { answered: boolean }[]
    >`select is_answered(${id}) as answered`
    return row?.answered === true
  })
}
