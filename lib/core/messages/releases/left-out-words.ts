import type { LeftOut } from '#core/disclosure/left-out.ts'

/** What a release leaves out as a whole, in words. */
export const LEFT_OUT_WORDS: Readonly<Record<LeftOut, string>> = {
  'services-by-ward': 'services and strands by ward',
  wards: 'wards',
  'services-by-place': 'services and strands by place',
  places: 'places',
  families: 'families',
  bounds: 'how sure figures are',
  ages: 'children and adults',
  new: 'new and returning people',
  'age-band': 'age bands',
  gender: 'gender',
  ethnicity: 'ethnicity',
  quarters: 'single quarters',
  years: 'years to date',
  start: 'everything since the start',
  strands: 'strands',
  services: 'services',
  everything: 'everything: of so few people no figure can be shown',
}

/** What a release leaves out, as a list in words; “nothing” where it is whole. */
export function leftOutWords({ leftOut = [] }: { readonly leftOut?: readonly LeftOut[] }): string {
  return leftOut.length === 0 ? 'nothing' : leftOut.map((one) => LEFT_OUT_WORDS[one]).join(', ')
}
