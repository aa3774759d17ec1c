import { isQuarter } from '#core/standard/quarter.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { forToken, type ServingToken } from '#server/programme/tokens/check-token.ts'
import {
  receiveUpload,
  type HashedUploadRefusal,
  type Uploaded,
  type UploadRefusal,
  type Upload,
} from '#server/intake/journey/receive-upload.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { walkRemembered } from './walk-remembered.ts'

/** A file as a program sends it. */
export interface SentUpload extends Omit<Upload, 'service' | 'instead' | 'program'> {
  /** Reference of the file that it takes the place of. */
  readonly replace: string | undefined
}

/**
 * Takes a file that a program sends with a token, as an upload is taken: with the same limits,
 * quota and checks. A file that was hashed at source is checked at once; a clear one, where the
 * service's may come so, goes as far as what is remembered answers every question. Each use is
 * audited with what it came to.
 */
export async function sendByToken(
  store: PortalStore,
  token: ServingToken,
  { replace, ...upload }: SentUpload,
): Promise<Uploaded | UploadRefusal | HashedUploadRefusal> {
  const bound = { ...store, database: forToken(store.database, token) }
  const { id, reference, acceptsClear } = token
  const received = await receiveUpload(bound, token.actor, {
    ...upload,
    service: token.service,
    program: { token: { id, reference }, replace, acceptsClear },
  })
  await withTransaction(bound.database, (client) =>
    appendAudit(client, {
      actor: reference,
      event: 'token.used',
      subject: received.ok ? received.reference : '',
      detail: {
        service: token.service,
        // What is none may be anything that a program was told to send.
        quarter: isQuarter(upload.quarter) ? upload.quarter : '',
        came: received.ok ? (received.sentBefore ? 'sent-before' : 'taken') : received.code,
      },
    }),
  )
  const isClear = received.ok && received.isUsable && !received.isHashed && !received.waits
  if (isClear && (!received.sentBefore || (await isUnwalked(bound, received.reference)))) {
    await walkRemembered(bound, token.actor, received.reference)
  }
  return received
}

/** Whether no worker had read a file when it came first: it goes on now that it came again. */
async function isUnwalked(
  { database }: Pick<PortalStore, 'database'>,
  reference: string,
): Promise<boolean> {
  const unwalked = await inPrisma(database, ({ sentByToken }) =>
    sentByToken.count({
      where: { settledAt: null, submission: { reference, state: 'received' } },
    }),
  )
  return unwalked === 1
}
