import type pg from 'pg'
import type { ContactLimits } from '#core/linkage/policy.ts'
import { run } from '#server/platform/db/run.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'

/** Record ids, or all records of some submissions. */
export type Carriers = readonly number[] | { readonly ofSubmissions: readonly string[] }

/**
 * Adds to the shared contacts of a dataset those that more people carry than the limits allow,
 * among the contacts of `carriers`: of each contact that may be one, these must be all records that
 * count. What is shared already stays so.
 */
export async function findSharedContacts(
  client: pg.PoolClient,
  dataset: Dataset,
  limits: ContactLimits,
  carriers: Carriers,
): Promise<void> {
  await run(client, 'shared-contacts/create-contact-carriers', [])
  if ('ofSubmissions' in carriers) {
    const { ofSubmissions } = carriers
    await run(client, 'shared-contacts/fill-contact-carriers-of-submissions', [ofSubmissions], {
      dataset,
    })
  } else {
    await run(client, 'shared-contacts/fill-contact-carriers', [carriers])
  }
  const table = 'contact_carrier'
  await run(client, 'tables/analyze', [], { table })
  const { own, carer } = limits
  await run(client, 'shared-contacts/find-shared-contacts', [dataset, own, carer], {
    dataset,
    ...PSEUDONYM_NAMES,
  })
  await run(client, 'tables/drop', [], { table })
}
