import type { FamilyTie } from '#core/linkage/policy.ts'

/** The words of what ties people to a family. */

const TIES: Readonly<Record<FamilyTie, string>> = {
  row: 'child and carer in one row',
  email: 'one email address',
  mobile: 'one mobile number',
  'birth-postcode': 'last name, birth and postcode agree',
  'name-postcode': 'name and postcode agree',
}

/** What ties two people, as a reviewer would say it. */
export function familyTieWords(tie: FamilyTie): string {
  return TIES[tie]
}
