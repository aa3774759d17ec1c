import { afterAll, beforeAll } from 'vitest'
import { openPool } from '#server/platform/db/pool.ts'
import { confirmReading } from '#server/intake/journey/describe-reading.ts'
import { readMatching, saveMatching } from '#server/intake/journey/match-columns.ts'
import { findCheckedDraft } from '#server/intake/journey/checked-draft.ts'
import { findJourney, type Journey } from '#server/intake/journey/read-journey.ts'
import {
  receiveUpload,
  type HashedUploadRefusal,
  type Uploaded,
  type UploadRefusal,
} from '#server/intake/journey/receive-upload.ts'
import { prepareQueues } from '#server/platform/queue/send-job.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { openLogins } from '#server/store/logins.ts'
import type { OwnProgrammeStore, ProgrammeStore } from '#server/store/store.ts'
import { checkSubmission } from '#server/intake/checking/check-submission.ts'
import { processSubmission } from '#server/linkage/processing/process-submission.ts'
import { readSubmission } from '#server/intake/submissions/read-submission.ts'
import { answerHere } from '../../jobs/asks/answer-here.ts'
import { openTestProgramme } from '../../setup/open-programme.ts'
import { inPieces } from '../submissions/small-programme.ts'

/** Two providers of a small programme at the portal, and a worker that does as it is told. */

export const NOW = new Date('2025-02-03T10:00:00Z')

/** Of acorn, which has the play group; of bridge, which has health visiting. */
export const ACORN: Actor = {
  userId: 'U-ACRN0001',
  role: 'provider',
  providerCode: 'acorn',
  mayExact: false,
}
export const BRIDGE: Actor = {
  userId: 'U-BRDG0001',
  role: 'provider',
  providerCode: 'bridge',
  mayExact: false,
}

/** The store as the portal opens it for an actor. */
export interface PortalStores {
  readonly storeOf: (actor: Actor) => PortalStore
}

export interface JourneySetting extends PortalStores {
  /** The owner's. */
  readonly owner: OwnProgrammeStore
  /** As the portal opens it for an actor. */
  readonly storeOf: (actor: Actor) => ProgrammeStore & PortalStore
  /** Does what the queue holds for a submission. */
  readonly work: (reference: string) => Promise<Journey>
  close(): Promise<void>
}

export async function openJourneySetting(
  env: Readonly<Record<string, string>> = {},
): Promise<JourneySetting> {
  const programme = await openTestProgramme(env)
  const owner = programme.store
  await prepareQueues(owner.pool)
  const portal = openPool((await openLogins(owner, ['portal'])).portal, { max: 2 })
  for (const [actor, mail] of [
    [ACORN, 'acorn@charity.example'],
    [BRIDGE, 'bridge@trust.example'],
  ] as const) {
    await owner.pool.query(
      `insert into portal_user (id, email, name, role, provider_code) values ($1, $2, 'Somebody', 'provider', $3)`,
      [actor.userId, mail, actor.providerCode],
    )
  }
  const storeOf = (actor: Actor): ProgrammeStore & PortalStore => ({
    ...owner,
    database: forActor(portal, actor),
    asker: answerHere(owner, actor),
  })
  return {
    owner,
    storeOf,
    async work(reference) {
      const { rows } = await owner.pool.query<{ id: string; by: string; provider: string }>(
        `select s.id, received_by as by, provider_code as provider
           from submission s join service on service.code = service_code where reference = $1`,
        [reference],
      )
      const { id, by, provider } = rows[0] ?? { id: '', by: '', provider: '' }
      const submission = await readSubmission(owner.pool, id)
      // A file that was hashed at source has nothing to be matched.
      const isReady = submission?.hashed !== null && submission?.state === 'received'
      if (submission?.state === 'mapped' || isReady) await checkSubmission(owner, id, { actor: by })
      else if (submission?.state === 'accepted') {
        await processSubmission(owner, id, {
          actor: by,
          leaveOut: submission.leaveOut,
          confirm: true,
          replace: submission.replacesId !== null,
        })
      }
      return journeyOf(storeOf, provider === 'acorn' ? ACORN : BRIDGE, reference)
    },
    async close() {
      await portal.end()
      await programme.close()
    },
  }
}

/** Opens a setting before the tests of a file, and closes it after them. */
export function settingOfFile(): Omit<JourneySetting, 'close'> {
  let opened: JourneySetting | undefined
  beforeAll(async () => {
    opened = await openJourneySetting()
  })
  afterAll(() => opened?.close())
  const setting = (): JourneySetting => {
    if (opened === undefined) throw new Error('a setting is there while tests run')
    return opened
  }
  return {
    get owner() {
      return setting().owner
    },
    storeOf: (actor) => setting().storeOf(actor),
    work: (reference) => setting().work(reference),
  }
}

export async function journeyOf(
  storeOf: PortalStores['storeOf'],
  actor: Actor,
  reference: string,
): Promise<Journey> {
  const journey = await findJourney(storeOf(actor), actor, reference)
  if (journey === undefined) throw new Error('no journey')
  return journey
}

/** A file with a row for each number given; every tenth client has no email address. */
export function csvOf(
  numbers: readonly number[],
  cells: (
    n: number,
  ) => Partial<Record<'ref' | 'first' | 'dob' | 'gender' | 'email', string>> = () => ({}),
): Uint8Array {
  const lines = numbers.map((n) => {
    const name =
      String.fromCharCode(97 + (n % 26)) + String.fromCharCode(97 + (Math.floor(n / 26) % 26))
    const given = cells(n)
    return [
      given.ref ?? `C-${String(1000 + n)}`,
      given.first ?? `Ab${name}`,
      `Um${name}or`,
      given.dob ?? `${String((n % 27) + 1).padStart(2, '0')}/0${String((n % 8) + 1)}/2021`,
      given.gender ?? (n % 2 === 0 ? 'Girl' : 'Boy'),
      given.email ?? (n % 10 === 0 ? '' : `carer${String(n)}@mail.example`),
      `SE11 6${'ABDEFGHJ'[n % 8] ?? 'A'}A`,
      String((n % 5) + 1),
    ].join(',')
  })
  const header = 'Client ID,First name,Surname,DOB,Gender,Carer email,Postcode,Contacts'
  return new TextEncoder().encode([header, ...lines, ''].join('\r\n'))
}

/** The numbers from one to another, both included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/**
 * Uploads bytes as a form would bring them, in the place of a file that was checked and not
 * submitted unless `instead` says otherwise.
 */
export async function upload(
  { storeOf }: PortalStores,
  files: Uint8Array | readonly Uint8Array[] | AsyncIterable<AsyncIterable<Uint8Array>>,
  {
    actor = ACORN,
    service = 'stay-and-play',
    quarter = '2024-Q1',
    kind,
    ...options
  }: Partial<{
    actor: Actor
    service: string
    quarter: string
    kind: FileKind
    limit: number
    hashedLimit: number
    now: Date
    instead: string
    quota: { attemptsAnHour: number; filesADay: number; bytesADay: number }
  }> = {},
): Promise<Uploaded | UploadRefusal | HashedUploadRefusal> {
  const instead = await findCheckedDraft(storeOf(actor).database, { service, quarter, kind })
  return receiveUpload(storeOf(actor), actor, {
    ...{ service, quarter, instead, kind },
    files: Symbol.asyncIterator in files ? files : asFiles(files),
    now: NOW,
    ...options,
  })
}

async function* asFiles(
  files: Uint8Array | readonly Uint8Array[],
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  await Promise.resolve()
  for (const bytes of files instanceof Uint8Array ? [files] : files) yield inPieces(bytes)
}

/** Uploads what must be taken. */
export async function mustUpload(...given: Parameters<typeof upload>): Promise<Uploaded> {
  const uploaded = await upload(...given)
  if (!uploaded.ok) throw new Error(uploaded.code)
  return uploaded
}

/** Confirms what was read and matches the columns as they are suggested. */
export async function match(
  setting: PortalStores,
  reference: string,
  actor = ACORN,
  /** What is answered of columns by their headings, else what is suggested. */
  said: Readonly<Record<string, string>> = {},
): Promise<Journey> {
  const store = setting.storeOf(actor)
  const before = await journeyOf(setting.storeOf, actor, reference)
  const read = await confirmReading(store, actor, before)
  if (!read.ok) throw new Error(read.code)
  const view = await readMatching(store, actor, reference)
  if (!view.ok) throw new Error(view.code)
  const saved = await saveMatching(store, actor, view.journey, {
    answers: view.columns.map(({ heading, answer }) => said[heading] ?? (answer || 'none')),
    shape: view.shape,
    role: 'child',
  })
  if (!saved.ok) throw new Error(JSON.stringify(saved))
  return journeyOf(setting.storeOf, actor, reference)
}
