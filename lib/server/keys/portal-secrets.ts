import { purposeKey } from '#server/identity/sessions/secrets-at-rest.ts'
import { sealedFileKeys, type SealedFileKeys } from '#server/platform/storage/file-keys.ts'
import { openSecrets, type KeyPlace } from './key-places.ts'
import { memoryKey } from './memory-key.ts'
import { readPortalKey } from './portal-key.ts'
import { readSignOnSecret } from './sign-on-secret.ts'
import { readWorkersCard, type WorkersCard } from './workers-card.ts'

/**
 * Everything secret that the portal's process has. There is no key ring here, and no private half of
 * a key of the workers: nothing that makes a pseudonym or opens an upload.
 */
export interface PortalSecrets {
  /** What the keys of the portal's own purposes are derived from, 32 random bytes. */
  readonly portalKey: Uint8Array
  /** For digests that tell whether the same bytes were sent before. */
  readonly digests: Uint8Array
  /** For what is remembered of services' files between quarters. */
  readonly memory: Uint8Array
  /** Seals uploads for the workers, and opens what their pages show. */
  readonly files: SealedFileKeys
  /** What the workers say of their keys, as it is now. */
  card(): Promise<WorkersCard>
  /** What proves the portal to the organisation whose accounts sign on. */
  signOn(): Promise<Uint8Array | undefined>
}

/** How long a card is good for without being read again, in milliseconds. */
const CARD_GOOD_FOR = 60_000

/**
 * Opens the portal's secrets. Throws `portal-key-missing`, `keys-weak`, `keys-damaged`, `keys-open`
 * and `keys-unreachable`.
 */
export async function openPortalSecrets(place: KeyPlace): Promise<PortalSecrets> {
  const secrets = await openSecrets(place, 'portal')
  const portalKey = await readPortalKey(secrets)
  const card = remembering(() => readWorkersCard(secrets))
  return {
    portalKey,
    digests: purposeKey(portalKey, 'digests of files'),
    memory: memoryKey(portalKey),
    files: sealedFileKeys({
      ...{ secrets, pages: pagesKey(portalKey) },
      workers: async () => (await card()).workers,
    }),
    card,
    signOn: () => readSignOnSecret(secrets),
  }
}

/** What seals the keys of files' pages. */
export function pagesKey(portalKey: Uint8Array): Uint8Array {
  return purposeKey(portalKey, 'pages of files')
}

function remembering(read: () => Promise<WorkersCard>): () => Promise<WorkersCard> {
  let known: { readonly card: Promise<WorkersCard>; readonly until: number } | undefined
  return async () => {
    if (known === undefined || Date.now() > known.until) {
      known = { card: read(), until: Date.now() + CARD_GOOD_FOR }
      known.card.catch(() => (known = undefined))
    }
    return known.card
  }
}
