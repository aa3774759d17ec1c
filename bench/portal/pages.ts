import type pg from 'pg'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** A page, who asks for it, and how long the median of its whole answer may be, in milliseconds. */
export interface TimedPage {
  readonly address: string
  readonly email: string
  readonly goal: number
  /** Exact figures are kept until links change; this one is counted anew each time. */
  readonly afresh?: boolean
}

/** The goals of release pages, of exact figures and of all others. */
const RELEASED = 20
const EXACT = 1000
const OTHER = 100

const ANALYST = 'analyst@demonstration.example'
const PROVIDER = 'provider@demonstration.example'
const ADMINISTRATOR = 'administrator@demonstration.example'

/**
 * The pages that are timed: those that grow with the programme, and those that are asked for most.
 */
export async function timedPages(pool: pg.Pool): Promise<readonly TimedPage[]> {
  const linked = { state: 'linked' } as const
  const [largest, person, sent] = await inPrisma(pool, async (prisma) => [
    await prisma.submission.findFirst({
      ...{ where: linked, orderBy: { records: 'desc' }, select: { reference: true } },
    }),
    await prisma.beneficiary.findFirst({
      ...{ where: { dataset: 'production' }, orderBy: { id: 'asc' }, select: { reference: true } },
    }),
    await prisma.submission.findFirst({
      where: { ...linked, serviceCode: 'baby-steps' },
      ...{ orderBy: { id: 'asc' }, select: { reference: true } },
    }),
  ])
  const submission = largest?.reference ?? ''
  const beneficiary = person?.reference ?? ''
  const own = sent?.reference ?? ''
  const of = (email: string, goal: number, ...addresses: string[]): TimedPage[] =>
    addresses.map((address) => ({ address, email, goal }))
  return [
    ...of(ANALYST, RELEASED, '/reach', '/reach?span=quarter', '/reach?scope=service+baby-steps'),
    ...of(ADMINISTRATOR, RELEASED, '/releases'),
    { address: '/reach/exact', email: ANALYST, goal: EXACT, afresh: true },
    {
      address: '/reach/exact?by-service=yes&by-ward=yes',
      email: ANALYST,
      goal: EXACT,
      afresh: true,
    },
    { address: '/reach/overlap', email: ANALYST, goal: EXACT, afresh: true },
    ...of(ANALYST, OTHER, '/reach/exact', '/reach/overlap', '/reach/method'),
    ...of(PROVIDER, OTHER, '/send', '/send/baby-steps/2024-Q1', `/files/${own}/result`),
    ...of(
      ADMINISTRATOR,
      OTHER,
      '/',
      '/programme/submissions',
      `/programme/submissions/${submission}`,
      '/programme/services',
      '/programme/services/baby-steps',
      '/audit',
      '/audit?event=submission.linked',
      '/doubts',
      '/doubts?kind=near-match&page=999999',
      '/doubts/decisions',
      `/doubts/explain?reference=${beneficiary}`,
      '/users',
      '/system',
    ),
  ]
}
