import type { LeftOut } from '#core/disclosure/left-out.ts'

/** What a release leaves out, as those read it who choose it or read the figures. */
export const LEFT_OUT_WORDS: Readonly<Record<LeftOut | 'nothing', string>> = {
  nothing: 'Nothing',
  wards: 'Wards',
  places: 'Wards and all other places',
}

/** The same of a release: its settings name nothing where it is whole. */
export function leftOutWords({ leftOut }: { readonly leftOut?: LeftOut | undefined }): string {
  return LEFT_OUT_WORDS[leftOut ?? 'nothing']
}
