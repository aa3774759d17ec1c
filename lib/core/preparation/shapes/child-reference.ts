const MARK = '#CHILD'

/** The reference of a child whose row has only its family’s: that, and which of its children it is. */
export function childReference(family: string, number: number): string {
  return `${family.trim()}${MARK}${number}`
}

/**
 * The family’s reference of one that `childReference` made, and any other as it is: brothers and
 * sisters in one row have one carer, who is one client.
 */
export function familyReference(reference: string): string {
  const at = reference.lastIndexOf(MARK)
  if (at < 0) return reference
  return /^[0-9]{1,2}$/.test(reference.slice(at + MARK.length)) ? reference.slice(0, at) : reference
}
