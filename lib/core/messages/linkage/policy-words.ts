/** The policies of linkage in words: codes are those of lib/core/linkage/policy.ts. */
const POLICY_WORDS: ReadonlyMap<string, { readonly name: string; readonly hint: string }> = new Map(
  [
    [
      'cautious',
      {
        name: 'Cautious',
        hint: 'The usual one: joins only what is certain, and keeps doubts apart for reviewers.',
      },
    ],
    [
      'leap-2020',
      {
        name: 'As the programme counted in 2020',
        hint: 'For comparison: any one identifier in common joins, unless two NHS numbers differ.',
      },
    ],
  ],
)

/** A policy of linkage in words. */
export function policyWords(policy: string): { readonly name: string; readonly hint: string } {
  return POLICY_WORDS.get(policy) ?? { name: policy, hint: '' }
}
