import type { Mapping } from './mapping.ts'

/** A mapping for a service's next file: without what was said of the rows of this one. */
export function lastingMapping(mapping: Mapping): Mapping {
  const lasting = { ...mapping }
  Reflect.deleteProperty(lasting, 'people')
  return lasting
}
