import type { Evidence } from './evidence.ts'
import type { LinkRecord } from './part.ts'
import { PersonSets } from './person-sets.ts'

/**
 * Families: connected components of ties from child to carer. Ties never merge people. A child
 * without ties is a family of its own, an adult without ties is none: docs/decisions/families.md.
 */

/**
 * The family of each variant, as the variant that stands for it; −1 for an adult without ties. Tied
 * are the child and the carer of one row, a child to the adult whose own email its carer's is, or
 * whose own mobile in the same ward, and children with a common carer: one carer email, or one
 * carer mobile in one ward.
 */
export function findFamilies(evidence: Evidence, sets: PersonSets): Int32Array {
  const { variants } = evidence
  const families = new PersonSets(variants.length)
  const inFamily = new Uint8Array(variants.length)
  const tie = (a: number, b: number): void => {
    const [left, right] = [sets.find(a), sets.find(b)]
    if (left !== right) families.join(left, right)
    inFamily[left] = 1
    inFamily[right] = 1
  }
  variants.forEach((variant, index) => {
    if (variant.role === 'child') inFamily[sets.find(index)] = 1
  })
  tieByContact(evidence, tie)
  tieByRow(evidence, tie)
  return Int32Array.from(variants, (_, variant) => {
    const root = sets.find(variant)
    return inFamily[root] === 1 ? families.find(root) : -1
  })
}

type Tie = (a: number, b: number) => void

function tieByContact({ variants }: Evidence, tie: Tie): void {
  const carers = new Map<string, number>()
  variants.forEach(({ role, carerEmail, carerMobile, ward }, index) => {
    if (role !== 'child') return
    for (const key of contactKeys(carerEmail, carerMobile, ward)) {
      const sibling = carers.get(key)
      if (sibling === undefined) carers.set(key, index)
      else tie(sibling, index)
    }
  })
  if (carers.size === 0) return
  variants.forEach(({ role, email, mobile, ward }, index) => {
    if (role === 'child') return
    for (const key of contactKeys(email, mobile, ward)) {
      const child = carers.get(key)
      if (child !== undefined) tie(child, index)
    }
  })
}

function contactKeys(email: string | null, mobile: string | null, ward: string): string[] {
  const keys = email === null ? [] : [`email ${email}`]
  if (mobile !== null && ward !== '') keys.push(`mobile ${ward} ${mobile}`)
  return keys
}

/** A row of a child and its carer gives two records with one source row. */
function tieByRow({ ordered, variants, variantOf }: Evidence, tie: Tie): void {
  const roles = new Set(variants.map(({ role }) => role === 'child'))
  if (roles.size < 2) return
  const carersOfRow = new Map<number, number[]>()
  for (let index = 0; index < ordered.length; index++) {
    const record = ordered[index]
    if (record === undefined || record.role === 'child') continue
    const row = rowNumber(record)
    const carers = carersOfRow.get(row)
    if (carers === undefined) carersOfRow.set(row, [variantOf[index] ?? 0])
    else carers.push(variantOf[index] ?? 0)
  }
  for (let index = 0; index < ordered.length; index++) {
    const record = ordered[index]
    if (record?.role !== 'child') continue
    for (const carer of carersOfRow.get(rowNumber(record)) ?? []) tie(variantOf[index] ?? 0, carer)
  }
}

/** Submission and source row as one number; a source row has seven digits at most. */
function rowNumber({ submission, sourceRow }: LinkRecord): number {
  return submission * 10_000_000 + sourceRow
}
