import { namedQuery } from '#server/platform/db/queries.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/**
 * A named query of linkage that speaks of one dataset's partitions, put in for {dataset}. The dataset as a condition instead would be
 * guessed to hold for one row in two hundred, where it holds for all, and plans would be made for that. Both names come from a closed set.
 */
export function datasetQuery(name: string, dataset: Dataset): string {
  return namedQuery('linkage', name).replaceAll('{dataset}', dataset)
}
