import type { Filling } from '#core/filling/rules.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { fieldLabel } from '#core/standard/further-fields.ts'
import type { MatchedFile } from './remember-mapping.ts'
import { renameMapping } from './rename-mapping.ts'

/** Stands for the name of a sheet, which nobody holds any more. */
export const SOME_SHEET = '(a sheet)'

/**
 * What is remembered of a file that is gone, to be described: its columns by their numbers, in rules
 * with the fields that they give, and of its words nothing but how many mean each code.
 */
export function describeRemembered({ mapping, header }: MatchedFile): MatchedFile {
  const heading = (digest: string): string => {
    const place = header.indexOf(digest)
    return place < 0 ? NOT_IN_FILE : `column ${place + 1}`
  }
  const headingInRule = (digest: string): string => {
    const fields = fieldsOf(mapping, digest)
    if (fields === '') return heading(digest)
    return header.includes(digest)
      ? `${heading(digest)} (${fields})`
      : `${fields} (not in the file)`
  }
  const filling = ({ version, rules }: Filling): Filling => ({
    version,
    rules: rules.map((rule) => ({
      ...rule,
      column: headingInRule(rule.column),
      ...(!('from' in rule)
        ? {}
        : {
            from:
              typeof rule.from === 'string'
                ? headingInRule(rule.from)
                : rule.from.map(headingInRule),
          }),
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

const NOT_IN_FILE = 'a column that is not in the file'

/** The labels of the fields that a column gives; empty where it gives none. */
function fieldsOf({ columns, split = {} }: Mapping, digest: string): string {
  const given = Object.entries(columns).flatMap(([field, column]) =>
    column === digest ? [field] : [],
  )
  return [...given, ...(split[digest] ?? [])].map(fieldLabel).join(', ')
}
