import { createHmac } from 'node:crypto'
import type pg from 'pg'
import { isFeedKind, type FeedKind } from '#core/standard/feeds/feed-kinds.ts'
import { isQuarter, quarterDays, quarterOf, type Quarter } from '#core/standard/quarter.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import type { SubmissionCode } from '#core/messages/submissions/submission-refusals.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { faultPoint } from '#server/platform/faults/fault-points.ts'
import { Fault, refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { newReference } from '#server/platform/machine/new-reference.ts'
import {
  listServiceCodes,
  readService,
  type Service,
} from '#server/programme/register/read-programme.ts'
import { whyNotCovered } from '#server/programme/register/agreement-cover.ts'
import { dayInLondon, takesFiles } from '#server/programme/register/quarters.ts'
import type { KeptManifest } from '#server/intake/reading/reading-task.ts'
import type { StoredFile } from '#server/platform/storage/file-store.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import { kindOfSource } from '#server/programme/sources/read-sources.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { lockSubmission, readSubmission, type Submission } from './read-submission.ts'

/** A file that is sent for a service and quarter. */
export interface SentFile {
  readonly service: string
  readonly quarter: string
  /** What its rows are about; people and service use where it is not said. */
  readonly kind?: FileKind
  readonly dataset: Dataset
  readonly bytes: AsyncIterable<Uint8Array>
  /** The most bytes it may have. */
  readonly limit: number
  /** Reference of who sends it. */
  readonly actor: string
}

/** What a program sends beside the file. */
export interface ProgramSending {
  /** Of the token that it was sent with. */
  readonly token: { readonly id: bigint; readonly reference: string }
  /** Reference of the submission that it is meant to take the place of. */
  readonly replace: string | undefined
}

/** A submission that was received, now or before: the same bytes twice are one submission. */
export interface Received {
  readonly ok: true
  readonly submission: Submission
  readonly sentBefore: boolean
}

/**
 * What may be sent for: a service of the register, a quarter of the programme, under an agreement.
 */
export interface Destination {
  readonly ok: true
  readonly service: Service
  readonly quarter: Quarter
  /** What its rows are about, where it was said or its service is a source. */
  readonly kind?: FileKind
}

/** Where a file is meant to go. */
interface Place extends Pick<SentFile, 'service' | 'quarter'> {
  readonly kind?: FileKind | undefined
}

/**
 * Refuses a service, quarter, agreement or kind of file that is not there, before a byte is read. The
 * feed of a source is of its kind, and of the quarter that it comes in, whatever was said.
 */
export async function checkDestination(
  store: ReceivingStore,
  { service: code, quarter: said, kind }: Place,
): Promise<Destination | Refusal<SubmissionCode>> {
  const feed = await kindOfSource(store.database, code)
  if (isOfOtherKind(kind, feed)) return refuse('kind-not-of-source')
  const quarter = feed === undefined ? said : quarterOf(dayInLondon(new Date()))
  const service = await readService(store.database, code)
  if (service === undefined) {
    return refuse('service-unknown', { known: (await listServiceCodes(store.database)).join(', ') })
  }
  if (!isQuarter(quarter)) return refuse('quarter-unreadable')
  const { first, last } = quarterDays(quarter)
  if (last < store.programme.from || first > store.programme.to) {
    return refuse('quarter-outside-programme', {
      from: store.programme.from,
      to: store.programme.to,
    })
  }
  if (service.closedAfter !== null && quarter > service.closedAfter) return refuse('service-closed')
  const place = { service: code, quarter }
  const uncovered = await whyNotCovered(store.database, store.programme, place, new Date())
  if (uncovered !== undefined) return uncovered
  if (feed !== undefined) return { ok: true, service, quarter, kind: feed }
  if (!(await takesFiles(store.database, place, new Date()))) {
    return refuse('quarter-closed')
  }
  return { ok: true, service, quarter, ...(kind === undefined ? {} : { kind }) }
}

/** Whether a kind was named that a service does not send; one that was not named is people and service use. */
function isOfOtherKind(kind: FileKind = 'people', feed: FeedKind | undefined): boolean {
  if (feed === undefined) return isFeedKind(kind)
  return kind !== feed && kind !== 'people'
}

/**
 * Takes a file into the store, encrypted, as a submission that is received; nothing of it is read
 * yet. Bytes that were sent before for this service and quarter, and not rejected or withdrawn
 * since, are the submission they were.
 */
export async function receiveSubmission(
  store: ReceivingStore,
  sent: SentFile,
): Promise<Received | Refusal<SubmissionCode | 'file-too-large' | 'replace-needed'>> {
  const destination = await checkDestination(store, sent)
  if (!destination.ok) return destination
  const file = await store.files.put(sent.bytes, sent.limit)
  if (!file.ok) return file
  return recordSubmission(store, sent, destination, { file, hashed: null })
}

/** Who sends a file for what. */
export interface Sending extends Omit<SentFile, 'bytes' | 'limit'> {
  /** Set where a program sends it: nobody is there to be asked what stands in its way. */
  readonly program?: ProgramSending | undefined
}

/**
 * A file in the store; one that was hashed at source with its manifest, and in a bridge quarter the
 * second one.
 */
export interface FileToRecord {
  readonly file: StoredFile
  readonly hashed: HashedToRecord | null
}

/** What is recorded of a hashed file beside itself. */
export interface HashedToRecord {
  readonly manifest: KeptManifest
  /** Of the key it was made under. */
  readonly epoch: number
  readonly bridge: {
    readonly file: StoredFile
    readonly manifest: KeptManifest
    readonly epoch: number
  } | null
}

/**
 * Records a file that is in the store; when it was sent before, is refused or this throws, the
 * store has it no more. Refused is what a program sends for a place that another file has.
 */
export async function recordSubmission(
  store: ReceivingStore,
  sent: Sending,
  destination: Destination,
  stored: FileToRecord,
): Promise<Received | Refusal<'replace-needed' | 'service-not-counted'>> {
  const { quarter, kind = 'people' } = destination
  const bridgeId = stored.hashed?.bridge?.file.id
  const erase = async (): Promise<void> => {
    await store.files.erase(stored.file.id)
    if (bridgeId !== undefined) await store.files.erase(bridgeId)
  }
  if (sent.dataset === 'production' && destination.service.stage !== 'production') {
    await erase()
    return refuse('service-not-counted')
  }
  try {
    const received = await record(store, { ...sent, quarter, kind }, destination, stored)
    if (!received.ok || received.submission.fileId !== stored.file.id) await erase()
    faultPoint('after-submission-received')
    return received
  } catch (error) {
    await erase().catch(() => undefined)
    throw error
  }
}

async function record(
  store: ReceivingStore,
  sent: Sending,
  destination: Destination,
  stored: FileToRecord,
): Promise<Received | Refusal<'replace-needed'>> {
  const digest = fileDigest(store, stored, isFeedKind(sent.kind ?? 'people'))
  return withTransaction(store.database, async (client) => {
    if (sent.program !== undefined) {
      await run(client, 'journey/lock-place', [sent.service, sent.quarter])
    }
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await findSameBytes(client, sent, digest)
      if (before !== undefined) return resume(store, client, before, stored)
      // A feed always takes the place of the one before.
      const mayStand = sent.program !== undefined && !isFeedKind(sent.kind ?? 'people')
      const standing = mayStand ? await findOther(client, sent) : undefined
      if (standing !== undefined && standing !== sent.program?.replace) {
        return refuse('replace-needed', { standing })
      }
      const epoch = stored.hashed?.epoch ?? (await currentEpoch(client))
      const made = await insert(client, sent, destination, stored, digest, epoch)
      if (made !== undefined) return made
    }
    throw new Fault('database-busy')
  })
}

/** The epoch of the source key that new files are made under, as the last rotation says. */
async function currentEpoch(client: pg.ClientBase): Promise<number> {
  const last = await inPrisma(client, ({ sourceEpoch }) =>
    sourceEpoch.findFirst({ select: { epoch: true }, orderBy: { epoch: 'desc' } }),
  )
  return last?.epoch ?? 1
}

/** The reference of the last file that stands or waits for the same service, quarter and kind. */
async function findOther(
  client: pg.ClientBase,
  { dataset, service, quarter, kind = 'people' }: Sending,
): Promise<string | undefined> {
  const other = await inPrisma(client, ({ submission }) =>
    submission.findFirst({
      select: { reference: true },
      where: {
        ...{ dataset, serviceCode: service, quarter, kind },
        OR: [
          { state: { in: ['accepted', 'pseudonymised', 'linked'] } },
          { state: { in: ['received', 'mapped', 'checked'] }, fileId: { not: null } },
        ],
      },
      orderBy: { id: 'desc' },
    }),
  )
  return other?.reference
}

/** Two sent the same bytes at once: the second waits for the first, and finds its submission. */
const ATTEMPTS = 3

async function findSameBytes(
  client: pg.ClientBase,
  { dataset, service, quarter, kind = 'people' }: Sending,
  fileDigest: Uint8Array<ArrayBuffer>,
): Promise<Submission | undefined> {
  const found = await inPrisma(client, ({ submission }) =>
    submission.findFirst({
      select: { id: true },
      where: {
        ...{ dataset, serviceCode: service, quarter, kind, fileDigest },
        state: { notIn: ['rejected', 'withdrawn'] },
      },
    }),
  )
  return found === null ? undefined : lockSubmission(client, found.id.toString())
}

/** A submission that lost its file before its records were kept gets the file back. */
async function resume(
  store: ReceivingStore,
  client: pg.PoolClient,
  before: Submission,
  { file, hashed }: FileToRecord,
): Promise<Received> {
  const needsFile = ['received', 'mapped', 'checked', 'accepted'].includes(before.state)
  const bridge = before.hashed?.bridge
  const isWhole =
    (await isHeld(store, before.fileId)) && (bridge == null || (await isHeld(store, bridge.fileId)))
  if (!needsFile || isWhole) return { ok: true, submission: before, sentBefore: true }
  const submissionId = BigInt(before.id)
  await inPrisma(client, async (prisma) => {
    // What was sealed for the file that is gone nobody opens any more.
    await prisma.submission.update({
      select: { id: true },
      where: { id: submissionId },
      data: { fileId: file.id, bridgeFileId: hashed?.bridge?.file.id ?? null, words: null },
    })
    await prisma.journey.updateMany({ where: { submissionId }, data: { words: null } })
  })
  const submission = await readSubmission(client, before.id)
  if (submission === undefined) throw new Fault('database-refused')
  return { ok: true, submission, sentBefore: true }
}

/**
 * Whether a file can still be read: a crash or a lost store may have taken it without a word to the
 * database.
 */
async function isHeld(store: ReceivingStore, id: string | null): Promise<boolean> {
  if (id === null) return false
  return store.files.isHeld(id).catch(() => false)
}

/** Undefined when the same bytes came to be there meanwhile. */
async function insert(
  client: pg.ClientBase,
  sent: Sending,
  { service, quarter }: Destination,
  { file, hashed }: FileToRecord,
  digest: Uint8Array<ArrayBuffer>,
  epoch: number,
): Promise<Received | undefined> {
  const reference = newReference('submission')
  const [made] = await inPrisma(client, (prisma) =>
    prisma.submission.createManyAndReturn({
      select: { id: true },
      skipDuplicates: true,
      data: {
        ...{ reference, quarter, epoch, kind: sent.kind ?? 'people' },
        dataset: sent.dataset,
        serviceCode: service.code,
        state: 'received',
        fileDigest: digest,
        fileBytes: file.size,
        fileId: file.id,
        receivedBy: sent.actor,
        ...(hashed === null ? { form: 'clear' } : asHashed(hashed)),
      },
    }),
  )
  if (made === undefined) return undefined
  const { program } = sent
  if (program !== undefined) {
    await inPrisma(client, ({ sentByToken }) =>
      sentByToken.create({
        select: { submissionId: true },
        data: {
          ...{ submissionId: made.id, tokenId: program.token.id },
          replaces: program.replace ?? null,
        },
      }),
    )
  }
  const submission = await readSubmission(client, made.id.toString())
  if (submission === undefined) throw new Fault('database-refused')
  await appendAudit(client, {
    actor: sent.actor,
    event: 'submission.received',
    subject: reference,
    detail: {
      service: service.code,
      quarter,
      dataset: sent.dataset,
      ...(sent.kind === undefined || sent.kind === 'people' ? {} : { kind: sent.kind }),
      bytes: file.size,
      ...(program === undefined ? {} : { token: program.token.reference }),
      ...(hashed === null ? {} : { sourceKey: hashed.manifest.source_key_check }),
      ...(hashed?.bridge == null ? {} : { bridgeKey: hashed.bridge.manifest.source_key_check }),
    },
  })
  return { ok: true, submission, sentBefore: false }
}

function asHashed({ manifest, bridge }: HashedToRecord): HashedColumns {
  const main = { form: 'hashed', manifest: jsonValue(manifest) }
  if (bridge === null) return main
  return {
    ...main,
    bridgeManifest: jsonValue(bridge.manifest),
    bridgeFileId: bridge.file.id,
    bridgeEpoch: bridge.epoch,
  }
}

type HashedColumns = Pick<
  Prisma.SubmissionCreateManyInput,
  'form' | 'manifest' | 'bridgeManifest' | 'bridgeFileId' | 'bridgeEpoch'
>

/**
 * A digest that says nothing without a key of the portal: that of a short file could be guessed. A feed
 * that has not changed says so of another day: it is another file then.
 */
function fileDigest(
  store: ReceivingStore,
  { file, hashed }: FileToRecord,
  isFeed: boolean,
): Uint8Array<ArrayBuffer> {
  const bridge = hashed?.bridge?.file.sha256
  const day = isFeed ? [dayInLondon(new Date())] : []
  return Uint8Array.from(
    createHmac('sha256', store.secrets.digests)
      .update(
        frameMessage(['file', file.sha256, ...(bridge === undefined ? [] : [bridge]), ...day]),
      )
      .digest(),
  )
}
