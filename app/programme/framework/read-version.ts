import { textIn, type Query } from '../../guards/query.ts'

/** The version that an address names; undefined where it names none. */
export function readVersion(query: Query): number | undefined {
  const text = textIn(query, 'version')
  return /^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : undefined
}
