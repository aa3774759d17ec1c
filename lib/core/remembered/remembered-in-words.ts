import type { Filling } from '#core/filling/rules.ts'
import type { MatchedFile } from './remember-mapping.ts'
import { renameMapping } from './rename-mapping.ts'

/** Stands for the name of a sheet, which nobody holds any more. */
export const SOME_SHEET = '(a sheet)'

/**
 * What is remembered of a file that is gone, to be described: its columns by their numbers, and of
 * its words nothing but how many mean each code.
 */
export function describeRemembered({ mapping, header }: MatchedFile): MatchedFile {
  const heading = (digest: string): string => {
    const place = header.indexOf(digest)
    return place < 0 ? 'a further column' : `column ${place + 1}`
  }
  const filling = ({ version, rules }: Filling): Filling => ({
    version,
    rules: rules.map((rule) => ({
      ...rule,
      column: heading(rule.column),
      ...(!('from' in rule)
        ? {}
        : { from: typeof rule.from === 'string' ? heading(rule.from) : rule.from.map(heading) }),
    })) as Filling['rules'],
  })
  return {
    header: header.map(heading),
    mapping: renameMapping(mapping, {
      ...{ heading, filling },
      sheet: () => SOME_SHEET,
      mark: (mark) => mark,
      word: (word) => word,
      constant: (value) => value,
    }),
  }
}
