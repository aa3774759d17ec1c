import type pg from 'pg'
import { readRowList } from '#core/checks/row-list.ts'
import {
  MOST_KEPT_ROWS,
  readRowNumbers,
  withKept,
  type KeptPeople,
} from '#core/preparation/rows-left-out/kept-people.ts'
import { isOtherRow, type OtherRowCode } from '#core/preparation/rows-left-out/left-out-row.ts'
import { placeOf } from '#core/preparation/row-places.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { changeState } from '#server/intake/submissions/change-state.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { startCheck } from './match-columns.ts'
import { keepWords, lockStep, type Journey, type StepForm, type StepTaken } from './read-journey.ts'

/** Why rows are not kept. */
export type KeepPeopleRefusal = Refusal<'rows-not-understood' | 'rows-not-of-finding'>

/**
 * Keeps rows that were taken for no people, because somebody says that they are: all that a finding
 * is about or, where `rows` is not empty, those of its rows. The file is checked again.
 */
export async function keepPeople(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  given: { readonly code: string; readonly rows: string },
): Promise<StepTaken | KeepPeopleRefusal> {
  const { code } = given
  if (!isOtherRow(code)) return refuse('not-found')
  return tellPeople(store, actor, form, async (client, journey) => {
    const listed = await readListed(client, journey, code)
    if (listed === undefined) return refuse('not-found')
    const kept = keptOf(code, given.rows, listed, journey)
    return 'ok' in kept ? kept : withKept(journey.reading.people, kept)
  })
}

/** Takes back that any row is a person; the file is checked again. */
export async function takeBackPeople(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
): Promise<StepTaken | KeepPeopleRefusal> {
  return tellPeople(store, actor, form, () => Promise.resolve(undefined))
}

async function tellPeople(
  store: PortalStore,
  actor: Actor,
  form: StepForm,
  choose: (
    client: pg.PoolClient,
    journey: Journey,
  ) => Promise<KeptPeople | undefined | KeepPeopleRefusal | Refusal<'not-found'>>,
): Promise<StepTaken | KeepPeopleRefusal> {
  const taken = await withTransaction(store.database, async (client) => {
    const locked = await lockStep(store, client, actor, form, 'check')
    if (!locked.ok) return locked
    const { journey } = locked
    if (journey.isHashed || journey.mapping === null) return refuse('not-found')
    const people = await choose(client, journey)
    if (people !== undefined && 'ok' in people) return people
    const reading = readingWith(journey.reading, people)
    await keepWords(client, store, journey, { reading })
    // What was found without them counts for nothing.
    if (journey.state === 'checked')
      await changeState(client, journey.id, { to: 'mapped', actor: actor.userId })
    await appendAudit(client, {
      actor: actor.userId,
      event: people === undefined ? 'submission.people-taken-back' : 'submission.people-kept',
      subject: form.reference,
      detail: { kinds: people?.codes?.join(' ') ?? '', rows: people?.rows?.length ?? 0 },
    })
    return { ...locked, journey: { ...journey, reading } }
  })
  if (taken.ok && taken.journey.mapping !== null)
    await startCheck(store, actor, taken.journey, taken.journey.mapping)
  return taken
}

function readingWith(before: ReadingChoices, people: KeptPeople | undefined): ReadingChoices {
  const reading = { ...before }
  Reflect.deleteProperty(reading, 'people')
  return people === undefined ? reading : { ...reading, people }
}

/** The rows that a finding of the last check is about; undefined where there is no such finding. */
async function readListed(
  client: pg.PoolClient,
  { id }: Journey,
  code: OtherRowCode,
): Promise<readonly number[] | undefined> {
  const found = await inPrisma(client, ({ findingRowList }) =>
    findingRowList.findFirst({
      select: { rows: true },
      where: { submissionId: BigInt(id), code, field: '', severity: 'confirm' },
    }),
  )
  return found === null ? undefined : readRowList(found.rows).filter((row) => row > 0)
}

/** What is kept of a finding's rows; numbers must be those of some of them. */
function keptOf(
  code: OtherRowCode,
  text: string,
  listed: readonly number[],
  { receipt, reading }: Journey,
): KeptPeople | KeepPeopleRefusal {
  if (text.trim() === '') return { codes: [code] }
  const numbers = readRowNumbers(text)
  if (numbers === undefined) return refuse('rows-not-understood')
  const places = listed.map((row) => placeOf(receipt ?? { headerRow: 1 }, row))
  const rows = places
    .filter(({ fileRow }) => numbers.includes(fileRow))
    .map(({ fileRow: row, sheet }) => (sheet === undefined ? { row } : { row, sheet }))
  const isWhole = numbers.every((number) => rows.some(({ row }) => row === number))
  const many = (reading.people?.rows?.length ?? 0) + rows.length
  if (!isWhole) return refuse('rows-not-of-finding')
  return many > MOST_KEPT_ROWS ? refuse('rows-not-understood') : { rows }
}
