/** Where a submission counts: only production is in the figures; staging is scrubbed in one act. */
export type Dataset = 'production' | 'staging'

/** Whether `text` names a dataset. */
export function isDataset(text: string): text is Dataset {
  return text === 'production' || text === 'staging'
}
