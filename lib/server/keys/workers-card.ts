import { z } from 'zod'
import { bytesFromHex, hexOf } from '#core/pseudonym/keys.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Secrets } from '#server/platform/secrets/secrets.ts'
import type { WorkersKey } from '#server/platform/storage/file-keys.ts'

/** What the workers tell the portal of their keys: nothing of it is secret, and all of it is believed. */
export interface WorkersCard {
  /** What uploads are sealed for. */
  readonly workers: WorkersKey
  /** When that key was made. */
  readonly madeAt: Date
  /** Whether the keys are those of a demonstration. */
  readonly demonstration: boolean
  /** The check values of the key ring, by what each key is called. */
  readonly checks: readonly { readonly name: string; readonly check: string }[]
}

const NAME = 'workers-card'

const stored = z.strictObject({
  format: z.literal('countonce-workers-card-1'),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  madeAt: z.iso.datetime(),
  demonstration: z.boolean(),
  checks: z.array(
    z.strictObject({ name: z.string().max(100), check: z.string().regex(/^[0-9a-f]{16}$/) }),
  ),
})

/** Puts a card among the portal's secrets, in place of the one before. */
export async function writeWorkersCard(secrets: Secrets, card: WorkersCard): Promise<void> {
  const document: z.infer<typeof stored> = {
    format: 'countonce-workers-card-1',
    id: card.workers.id,
    publicKey: hexOf(card.workers.publicKey),
    madeAt: card.madeAt.toISOString(),
    demonstration: card.demonstration,
    checks: card.checks.map(({ name, check }) => ({ name, check })),
  }
  await secrets.replace(NAME, new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`))
}

/** Reads the card. Throws `keys-missing` when there is none, `keys-damaged` when it is none. */
export async function readWorkersCard(secrets: Secrets): Promise<WorkersCard> {
  const bytes = await secrets.read(NAME)
  if (bytes === undefined) throw new Fault('keys-missing', { what: NAME })
  const { id, publicKey, madeAt, demonstration, checks } = parse(bytes)
  return {
    workers: { id, publicKey: bytesFromHex(publicKey) },
    ...{ madeAt: new Date(madeAt), demonstration, checks },
  }
}

function parse(bytes: Uint8Array): z.infer<typeof stored> {
  try {
    return stored.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    throw new Fault('keys-damaged', { what: NAME })
  }
}
