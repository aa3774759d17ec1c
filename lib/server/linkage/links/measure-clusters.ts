import { measureLinkage, type LinkageMeasure } from '#core/linkage/measure-linkage.ts'
import { normaliseClientReference } from '#core/pseudonym/normalising/client-reference.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { hmac } from '#core/pseudonym/hmac/hmac-engine.ts'
import { frameMessage } from '#core/pseudonym/netstring.ts'
import {
  kindIndex,
  platformPseudonyms,
  preparePseudonymKeys,
} from '#core/pseudonym/pseudonymise.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** A client whose person is known: the truth that linkage is measured against. */
export interface KnownClient {
  readonly service: string
  /** The provider's reference; one of a carer ends in #CARER. */
  readonly clientRef: string
  readonly person: string
}

/** What linkage came to, and how many of the known clients have no record. */
export interface ClusterMeasure extends LinkageMeasure {
  readonly records: number
  readonly clientsWithoutRecord: number
}

const AT_ONCE = 5000

/**
 * Measures the linkage of a dataset against a known truth: client references are pseudonymised in
 * memory to find their records, and each record is labelled with its beneficiary and its person.
 * Nothing is written.
 */
export async function measureClusters(
  store: ProgrammeStore,
  dataset: Dataset,
  clients: readonly KnownClient[],
): Promise<ClusterMeasure> {
  const providers = await readProviders(store.database)
  const pseudonyms = clientPseudonyms(store, clients, providers)
  const labels: { cluster: string; person: string }[] = []
  let clientsWithoutRecord = 0
  for (let first = 0; first < clients.length; first += AT_ONCE) {
    const batch = pseudonyms.slice(first, first + AT_ONCE)
    const found = await findBeneficiaries(store.database, dataset, batch)
    batch.forEach((pseudonym, index) => {
      const beneficiaries = pseudonym === null ? undefined : found.get(pseudonym)
      if (beneficiaries === undefined) clientsWithoutRecord++
      const person = clients[first + index]?.person ?? ''
      for (const cluster of beneficiaries ?? []) labels.push({ cluster, person })
    })
  }
  return { ...measureLinkage(labels), records: labels.length, clientsWithoutRecord }
}

async function readProviders(database: Database): Promise<ReadonlyMap<string, string>> {
  const services = await inPrisma(database, ({ service }) =>
    service.findMany({ select: { code: true, providerCode: true } }),
  )
  return new Map(services.map(({ code, providerCode }) => [code, providerCode]))
}

/** The stored client pseudonym of each client as a uuid; null where the reference makes none. */
function clientPseudonyms(
  store: ProgrammeStore,
  clients: readonly KnownClient[],
  providers: ReadonlyMap<string, string>,
): (string | null)[] {
  const engine = createHmacEngine()
  const keys = preparePseudonymKeys(engine, {
    source: store.keys.currentSource.key,
    platform: store.keys.platform.map(({ key }) => key),
  })
  try {
    return clients.map(({ service, clientRef }) => {
      const provider = providers.get(service)
      const reference = normaliseClientReference(clientRef).value
      if (provider === undefined || reference === '') return null
      const source = hmac(keys.source, frameMessage(['client', provider, service, reference]))
      const stored = platformPseudonyms(keys, Uint8Array.of(kindIndex('client')), source)
      return asUuid(Buffer.from(stored).toString('hex'))
    })
  } finally {
    engine.dispose()
  }
}

/** The beneficiary of every record of each client. */
async function findBeneficiaries(
  database: Database,
  dataset: Dataset,
  pseudonyms: readonly (string | null)[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const clients = pseudonyms.filter((pseudonym) => pseudonym !== null)
  const rows = await run(database, 'beneficiaries/list-client-beneficiaries', [clients], {
    dataset,
  })
  return new Map(rows.map((row) => [row.client, row.beneficiaries]))
}

function asUuid(hex: string): string {
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
