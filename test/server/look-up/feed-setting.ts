import type { TypedLookUp } from '#core/look-up/asking/typed-look-up.ts'
import { typedPersonSchema } from '#core/rights/typed-person.ts'
import type { FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { birthOf, feedFiles, written, type FeedFile } from '#demonstration/look-up/feed-files.ts'
import { INVENTED_PEOPLE, type InventedPerson } from '#demonstration/look-up/look-up-people.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import { openPortalSecrets } from '#server/keys/portal-secrets.ts'
import { readGuidance } from '#server/look-up/asking/after-look-up.ts'
import { askLookUp } from '#server/look-up/asking/ask-look-up.ts'
import { findInvolvement, type FoundPerson } from '#server/look-up/finding/find-involvement.ts'
import { pseudonymsOfTyped } from '#server/linkage/rights/typed-pseudonyms.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import { listSources } from '#server/programme/sources/read-sources.ts'
import { openBlobs } from '#server/platform/storage/file-store.ts'
import { askWorkers } from '#server/store/ask-workers.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { send } from '../intake/submissions/small-programme.ts'
import { PRACTITIONER } from './look-up-setting.ts'

/** The feeds of the demonstration in a store of its own, and who is found there by what is typed. */

/** Sends a feed as its source does, and takes it as far as it goes. */
export function sendFeedTo(store: OwnProgrammeStore, { service, bytes, mapping }: FeedFile) {
  return send(store, { service, bytes, choices: { mapping, confirm: true } })
}

/** The feed of a source on a day. */
export function feedOf(service: FeedKind, day: string): FeedFile {
  const feed = feedFiles(day).find((each) => each.service === service)
  if (feed === undefined) throw new Error(service)
  return feed
}

/** A feed with one row more: its first one with other cells, by heading. */
export function withRow(feed: FeedFile, cells: Readonly<Record<string, string>>): FeedFile {
  const [header = '', first = '', ...rest] = new TextDecoder().decode(feed.bytes).split('\r\n')
  const headings = header.split(',')
  const row = first.split(',').map((cell, at) => cells[headings[at] ?? ''] ?? cell)
  const bytes = new TextEncoder().encode([header, row.join(','), first, ...rest].join('\r\n'))
  return { ...feed, bytes }
}

/** Somebody of the demonstration by their first name. */
export function person(first: string): InventedPerson {
  const found = INVENTED_PEOPLE.find((each) => each.first === first)
  if (found === undefined) throw new Error(first)
  return found
}

/** What a practitioner would type of somebody today. */
export function typedOf(sought: Partial<InventedPerson>): object {
  const { first = '', last = '', gender = '', postcode = '', nhs = '', age, birthday } = sought
  const today = dayInLondon(new Date())
  const births =
    age === undefined || birthday === undefined ? '' : written(birthOf({ age, birthday }, today))
  return {
    ...{ firstNames: first, lastNames: last, births, genders: gender },
    ...{ postcodes: postcode, nhsNumbers: nhs },
  }
}

/** The same, as the form of a look-up has it. */
export function formOf(
  { first = '', last = '', gender, postcode = '', nhs = '', ...born }: Partial<InventedPerson>,
  more: Partial<TypedLookUp> = {},
): TypedLookUp {
  const { age, birthday } = born
  const today = dayInLondon(new Date())
  const birth = age === undefined || birthday === undefined ? '' : birthOf({ age, birthday }, today)
  return {
    ...{ firstName: first, lastName: last, birth, gender: gender ?? '', nhsNumber: nhs, postcode },
    ...{ email: '', mobile: '', ...more },
  }
}

/** Lets the practitioner in: an account, sources by name, and the guidance read. */
export async function letIn(store: OwnProgrammeStore, sources: readonly FeedKind[]): Promise<void> {
  await store.pool.query(
    `insert into portal_user (id, email, name, role, provider_code)
     values ($1, 'p.worker@council.example', 'Pat Worker', 'practitioner', (select code from provider order by code limit 1))`,
    [PRACTITIONER.userId],
  )
  await store.pool.query(
    `insert into look_up_grant (user_id, source, given_by, given_at)
     select $1, source, $1, now() from unnest($2::text[]) as source`,
    [PRACTITIONER.userId, sources],
  )
  const read = await readGuidance(store, PRACTITIONER, new Date())
  if (!read.ok) throw new Error(read.code)
}

/** Asks the workers as the page of a look-up does, with what is waited for them as a part of the usual. */
export async function askPage(
  { database, dataDir, pool }: OwnProgrammeStore,
  typed: TypedLookUp,
  given: { readonly caseReference?: string; readonly patience?: number } = {},
): ReturnType<typeof askLookUp> {
  const ticket = await withTransaction(pool, (client) =>
    startSession(client, PRACTITIONER.userId, new Date()),
  )
  const asker = askWorkers({
    ...{ database, ticket, patience: given.patience ?? 1, blobs: () => openBlobs({ dataDir }) },
    secrets: await openPortalSecrets({ dataDir }),
  })
  const { caseReference = 'CIN-20418' } = given
  const asked = { purpose: 'safeguarding', caseReference, act: null, alarms: [] } as const
  return askLookUp({ asker }, asked, typed)
}

/** Finds somebody by that in the sources whose agreement is in force. */
export async function lookFor(
  store: OwnProgrammeStore,
  sought: Partial<InventedPerson>,
): Promise<readonly FoundPerson[]> {
  const now = new Date()
  const [year = 0, month = 0, day = 0] = dayInLondon(now).split('-').map(Number)
  const typed = Unread.of(typedPersonSchema.parse(typedOf(sought)))
  const marks = await pseudonymsOfTyped(store.keys, typed, {
    ...{ day: { year, month, day }, live: false, codes: undefined },
  })
  if (marks === undefined) throw new Error('more ways than one person has')
  const covered = (await listSources(store.pool, store.programme, now))
    .filter(({ isCovered }) => isCovered)
    .map(({ code }) => code)
  return withTransaction(store.database, (client) => findInvolvement(client, marks, covered))
}
