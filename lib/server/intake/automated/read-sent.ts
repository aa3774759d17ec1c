import { addresses } from '#core/addresses/portal-addresses.ts'
import { readRowList } from '#core/checks/row-list.ts'
import { placeOf } from '#core/preparation/row-places.ts'
import type { Code } from '#core/messages/words-of.ts'
import { stopWordsOf, wordsOf } from '#core/messages/words-of.ts'
import type { Severity } from '#core/standard/finding.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { forToken, type ServingToken } from '#server/programme/tokens/check-token.ts'
import { readProgress } from '#server/intake/submissions/job-progress.ts'
import { findJourney, type Journey } from '#server/intake/journey/read-journey.ts'
import type { Step } from '#server/intake/journey/steps.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'

/** Where a sent file is, in a program's words. */
export type SentStage = 'checking' | 'waiting-for-a-person' | 'accepted' | 'refused' | 'withdrawn'

/** What was found in a sent file: a code, words and row numbers; never a value. */
export interface SentFinding {
  readonly code: string
  readonly severity: Severity
  readonly field: string
  readonly words: string
  readonly rows: number
  /** The first of them, as the spreadsheet counts rows from 1 at its top. */
  readonly firstRows: readonly number[]
}

/** What a program is answered about a file that it sent. */
export interface SentAnswer {
  readonly reference: string
  readonly service: string
  readonly quarter: string
  readonly stage: SentStage
  readonly state: string
  readonly counts: {
    readonly rows: number
    readonly accepted: number
    readonly rejected: number
    readonly blank: number
    readonly leftOut: number
  } | null
  readonly findings: readonly SentFinding[]
  /** What a person must do, and where; null where nobody must do anything. */
  readonly next: { readonly words: string; readonly link: string } | null
}

/** Row numbers that are told of one finding. */
const FIRST_ROWS = 20

/**
 * What became of a file that a program sent, for a token of its service. What a person uploaded is
 * not told.
 */
export async function readSent(
  store: PortalStore,
  token: ServingToken,
  wanted: { readonly quarter: string; readonly reference: string },
  origin: string,
): Promise<{ readonly ok: true; readonly answer: SentAnswer } | Refusal<'not-found'>> {
  const bound = { ...store, database: forToken(store.database, token) }
  const sent = await inPrisma(bound.database, ({ submission }) =>
    submission.findFirst({
      where: {
        ...{ reference: wanted.reference, quarter: wanted.quarter, serviceCode: token.service },
        sentByToken: { token: { serviceCode: token.service } },
      },
      select: { id: true, sentByToken: { select: { settledAt: true } } },
    }),
  )
  const journey =
    sent === null ? undefined : await findJourney(bound, token.actor, wanted.reference)
  if (journey === undefined) return refuse('not-found')
  const isSettled = sent?.sentByToken?.settledAt != null
  const job = await readProgress(bound.database, journey.id)
  const hasStopped = job !== undefined && ['refused', 'failed'].includes(job.stage)
  const stage = stageOf(journey, isSettled || hasStopped)
  return {
    ok: true,
    answer: {
      ...placeIn(journey),
      stage,
      counts: countsOf(journey),
      findings: stage === 'checking' ? [] : await readFindings(bound, journey),
      next: nextOf(journey, stage, origin, hasStopped ? job.code : null),
    },
  }
}

/** What a program is told of a file that was there already and that a person uploaded. */
export function tellNoMore(
  { reference, service, quarter }: Pick<SentAnswer, 'reference' | 'service' | 'quarter'>,
  origin: string,
): SentAnswer {
  return {
    ...{ reference, service, quarter, stage: 'waiting-for-a-person', state: 'sent-before' },
    ...{ counts: null, findings: [] },
    next: {
      words: 'A person uploaded the same file on the portal. They see there what became of it.',
      link: origin + addresses.history(service, quarter),
    },
  }
}

function placeIn({
  reference,
  service,
  quarter,
  state,
}: Journey): Pick<SentAnswer, 'reference' | 'service' | 'quarter' | 'state'> {
  return { reference, service, quarter, state }
}

function stageOf({ state }: Journey, isSettled: boolean): SentStage {
  if (state === 'accepted' || state === 'pseudonymised' || state === 'linked') return 'accepted'
  if (state === 'rejected') return 'refused'
  if (state === 'withdrawn') return 'withdrawn'
  return isSettled ? 'waiting-for-a-person' : 'checking'
}

function countsOf({ rows }: Journey): SentAnswer['counts'] {
  if (rows === null) return null
  const { read, accepted, rejected, blank, leftOut } = rows
  return { rows: read, accepted, rejected, blank, leftOut }
}

async function readFindings(
  { database }: Pick<PortalStore, 'database'>,
  { id, receipt }: Journey,
): Promise<SentFinding[]> {
  const submissionId = BigInt(id)
  const { counts, lists } = await inPrisma(database, async (prisma) => ({
    counts: await prisma.findingCount.findMany({
      where: { submissionId },
      orderBy: [{ severity: 'asc' }, { code: 'asc' }, { field: 'asc' }],
    }),
    lists: await prisma.findingRowList.findMany({ where: { submissionId } }),
  }))
  const placed = receipt ?? { headerRow: 1 }
  return counts.map(({ code, severity, field, rows }) => {
    const list = lists.find((one) => one.code === code && one.field === field)
    return {
      ...{ code, field, rows },
      // What we wrote ourselves.
      severity: severity as Severity,
      words: wordsOf(code as Code).title,
      firstRows: (list === undefined ? [] : readRowList(list.rows))
        .filter((row) => row > 0)
        .slice(0, FIRST_ROWS)
        .map((row) => placeOf(placed, row).fileRow),
    }
  })
}

const WITHIN = 'Somebody of your organisation must answer on the portal, within 24 hours.'

/** What a file waits for, by the step that it has reached. */
const WAITS: Readonly<Record<Step, string>> = {
  upload: 'The file is to be uploaded again.',
  read: 'How the file is read is to be looked at: it is not as the last file was.',
  shape: 'How the rows are kept is to be chosen: it is not as in the last file.',
  match: 'Columns are to be matched: they are not those of the last file.',
  values: 'Words are to be given a meaning.',
  check: 'What was found in the rows is to be answered.',
  answers: 'The file is to be submitted.',
  progress: 'The file is to be looked at.',
  result: 'The file is to be looked at.',
}

function nextOf(
  journey: Journey,
  stage: SentStage,
  origin: string,
  stopped: Code | null,
): SentAnswer['next'] {
  const { reference, service, quarter, step, reason, refusal } = journey
  if (stage === 'waiting-for-a-person') {
    const words = stopped === null ? `${WAITS[step]} ${WITHIN}` : sentenceOf(stopped)
    const link = step === 'upload' ? addresses.upload(journey) : addresses.step(reference, step)
    return { words, link: origin + link }
  }
  if (stage === 'refused') {
    const why = refusal?.code ?? reason
    return {
      words: why === null ? 'The file was not taken.' : sentenceOf(why),
      link: origin + addresses.history(service, quarter),
    }
  }
  return null
}

function sentenceOf(code: Code): string {
  const { title, fix } = stopWordsOf(code)
  return `${title} ${fix}`
}
