import type pg from 'pg'
import type { ContactLimits } from '#core/linkage/policy.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'
import { datasetQuery } from './dataset-query.ts'

/** Record ids, or all records of some submissions. */
export type Carriers = readonly number[] | { readonly ofSubmissions: readonly string[] }

/**
 * Adds to the shared contacts of a dataset those that more people carry than the limits allow, among the contacts of `carriers`: of
 * each contact that may be one, these must be all records that count. What is shared already stays so.
 */
export async function findSharedContacts(
  client: pg.PoolClient,
  dataset: Dataset,
  limits: ContactLimits,
  carriers: Carriers,
): Promise<void> {
  await client.query(
    'create temporary table contact_carrier (record_id bigint not null) on commit drop',
  )
  if ('ofSubmissions' in carriers) {
    await client.query(
      `insert into contact_carrier select id from record_${dataset} where submission_id = any ($1::bigint[])`,
      [carriers.ofSubmissions],
    )
  } else {
    await client.query('insert into contact_carrier select unnest($1::bigint[])', [carriers])
  }
  await client.query('analyze contact_carrier')
  await client.query(datasetQuery('find-shared-contacts', dataset), [
    dataset,
    limits.own,
    limits.carer,
  ])
  await client.query('drop table contact_carrier')
}
