import { z } from 'zod'
import { changeSchema } from '#core/grid/change-schema.ts'
import { LONGEST_TEXT } from '#core/grid/grid-rows.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { MatchedFile } from '#core/remembered/remember-mapping.ts'
import { typedPersonSchema } from '#core/rights/typed-person.ts'
import { FILE_KINDS } from '#core/standard/further-fields.ts'
import type { ReadingChoices } from '#core/tabular/table.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { changeCells } from '#server/intake/correcting/change-cells.ts'
import { correctGridRow } from '#server/intake/correcting/correct-row.ts'
import { downloadCorrected } from '#server/intake/correcting/download-corrected.ts'
import { readOffers } from '#server/intake/correcting/offered-replacements.ts'
import { readGrid, readGridRow } from '#server/intake/correcting/read-grid.ts'
import { takeHashedFiles } from '#server/intake/hashed/take-hashed.ts'
import { writeFindingsFile } from '#server/intake/journey/findings-file.ts'
import { readForPages } from '#server/intake/journey/read-for-pages.ts'
import { showSamples } from '#server/intake/journey/show-samples.ts'
import { checkDestination } from '#server/intake/submissions/receive-submission.ts'
import { writeAccessLetter } from '#server/linkage/rights/access-letter.ts'
import { findPerson } from '#server/linkage/rights/find-person.ts'
import type { AskKind } from '#server/store/asker.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { Unread } from '#server/store/unread.ts'
import { OF_LOOK_UPS } from './look-up-answers.ts'

/**
 * What a worker answers to each kind of ask, in the name of one person or of nobody; what it does not
 * read of an ask is passed on.
 */
export function answerAsk(
  store: ProgrammeStore,
  kind: AskKind,
  given: unknown,
  actor: Actor | undefined,
  unread: Unread = Unread.of({}),
): Promise<unknown> {
  if (kind === 'profile' || kind === 'hashed') return OF_FILES[kind](store, given)
  return actor === undefined
    ? Promise.resolve({ ok: false, code: 'not-found' })
    : OF_PEOPLE[kind](store, actor, given, unread)
}

/** Whether this is a kind of ask. */
export function isAskKind(kind: string): kind is AskKind {
  return Object.hasOwn(OF_FILES, kind) || Object.hasOwn(OF_PEOPLE, kind)
}

type OfFiles = 'profile' | 'hashed'

const OF_FILES: Readonly<
  Record<OfFiles, (store: ProgrammeStore, given: unknown) => Promise<unknown>>
> = {
  profile: (store, given) => readForPages(store, profile.parse(given)),
  async hashed(store, given) {
    const { destination, actor, sent } = hashed.parse(given)
    const open = await checkDestination(store, destination)
    if (!open.ok) return open
    const manifests = sent.manifests.map((text) => new Uint8Array(Buffer.from(text, 'base64')))
    const data = sent.data.map((file) => ({ ok: true as const, ...file }))
    const place = { ...open, kind: destination.kind }
    return takeHashedFiles(store, place, { ok: true, ...sent, data, manifests }, actor)
  },
}

const OF_PEOPLE: Readonly<
  Record<
    Exclude<AskKind, OfFiles>,
    (store: ProgrammeStore, actor: Actor, given: unknown, unread: Unread) => Promise<unknown>
  >
> = {
  samples: (store, actor, given) => showSamples(store, actor, ofFile.parse(given).reference),
  grid(store, actor, given) {
    const { reference: wanted, choice, range } = grid.parse(given)
    return readGrid(store, actor, wanted, choice, range)
  },
  'grid-row'(store, actor, given) {
    const { reference: wanted, row } = gridRow.parse(given)
    return readGridRow(store, actor, wanted, row)
  },
  'change-cells'(store, actor, given) {
    const { form, change } = cells.parse(given)
    return changeCells(store, actor, form, change, new Date())
  },
  'correct-row'(store, actor, given) {
    const { form, row, texts } = rowTexts.parse(given)
    return correctGridRow(store, actor, form, { row, texts }, new Date())
  },
  offers: (store, actor, given) => readOffers(store, actor, ofFile.parse(given).reference),
  'corrected-file'(store, actor, given) {
    const { reference: wanted, format } = correctedFile.parse(given)
    return downloadCorrected(store, actor, wanted, format)
  },
  'findings-file': (store, actor, given) =>
    writeFindingsFile(store, actor, ofFile.parse(given).reference),
  'find-person': (store, actor, given, typed) =>
    findPerson(store, actor, { ...personSought.parse(given), typed }, new Date()),
  'access-letter': (store, actor, given) =>
    writeAccessLetter(store, actor, ofFile.parse(given).reference, new Date()),
  ...OF_LOOK_UPS,
}

const reference = z.string().max(40)
const ofFile = z.strictObject({ reference })
const form = z.strictObject({ reference, version: z.int().min(0) })
const column = z.int().min(0).max(100_000)
const row = z.int().min(1)

const profile = z.strictObject({
  submission: z.string().regex(/^[0-9]{1,18}$/),
  // As pages wrote them, and as the process that reads the file takes them.
  choices: z.custom<ReadingChoices>((value) => typeof value === 'object' && value !== null),
  mapping: z.custom<Mapping>((value) => typeof value === 'object').nullable(),
  last: z.custom<MatchedFile>((value) => typeof value === 'object').nullable(),
})

const hashed = z.strictObject({
  destination: z.strictObject({
    ...{ service: z.string().max(200), quarter: z.string().max(20) },
    kind: z.enum(FILE_KINDS).exactOptional(),
  }),
  actor: z.string().max(40),
  sent: z.strictObject({
    data: z.array(
      z.strictObject({
        id: z.string().regex(/^[0-9a-f]{32}$/),
        size: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        isHashed: z.boolean(),
      }),
    ),
    manifests: z.array(z.base64()),
    signatures: z.array(z.string().max(200)),
  }),
})

const grid = z.strictObject({
  reference,
  choice: z.discriminatedUnion('show', [
    z.strictObject({ show: z.enum(['findings', 'all', 'corrected']) }),
    z.strictObject({
      show: z.literal('finding'),
      ...{ code: z.string().max(100), field: z.string().max(1_000) },
    }),
  ]),
  range: z.strictObject({ from: z.int().min(0), count: z.int().min(0) }),
})

const gridRow = z.strictObject({ reference, row })
const cells = z.strictObject({ form, change: changeSchema })

const rowTexts = z.strictObject({
  ...{ form, row },
  texts: z.array(z.strictObject({ column, text: z.string().max(LONGEST_TEXT) })),
})

const personSought = z.strictObject({
  request: reference,
  service: typedPersonSchema.shape.service,
})

const correctedFile = z.strictObject({ reference, format: z.enum(['csv', 'xlsx']) })
