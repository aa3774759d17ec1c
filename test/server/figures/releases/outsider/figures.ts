/** A row of a published table, by its headings. */
export type Row = Record<string, string>

export const MEASURES = ['people', 'children', 'adults', 'families', 'new', 'returning']

/** The name of a figure: where it stands in the table. */
export function nameOf(row: Row, measure: string, other: Partial<Row> = {}): string {
  const at = { ...row, ...other }
  const scope = at['service_code'] || (at['strand_code'] ? `strand ${at['strand_code']}` : 'all')
  const place = at['ward_code'] || at['place'] || ''
  return [at['quarter'], at['span'], scope, place, at['breakdown'], at['value'], measure].join('/')
}

/** Two figures of which one is part of the other. */
export interface Difference {
  readonly whole: string
  readonly part: string
}
