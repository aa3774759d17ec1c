import {
  FRAMEWORK_PARTS,
  parseFramework,
  type Framework,
  type FrameworkEntry,
  type FrameworkPart,
} from './framework.ts'
import { ENTRY_FIELDS, fieldsOf, findEntry, type EntryField } from './entry-fields.ts'

/** What is done to a framework on its way to the next version. */
export type FrameworkEdit =
  | { readonly do: 'add'; readonly part: FrameworkPart; readonly entry: FrameworkEntry }
  | { readonly do: 'change'; readonly part: FrameworkPart; readonly entry: FrameworkEntry }
  | { readonly do: 'remove'; readonly part: FrameworkPart; readonly code: string }
  /** In place of all of it: the text of a framework file. */
  | { readonly do: 'import'; readonly text: string }

/** The framework after an edit, or why there is none such. */
export function editFramework(
  framework: Framework,
  edit: FrameworkEdit,
): ReturnType<typeof parseFramework> {
  if (edit.do === 'import') return parseFramework(edit.text)
  const { part } = edit
  const before: readonly FrameworkEntry[] = framework[part]
  const code = edit.do === 'remove' ? edit.code : edit.entry.code
  if (edit.do !== 'add' && findEntry(framework, part, code) === undefined)
    return { ok: false, at: part, why: 'it is not in the list any more' }
  const after =
    edit.do === 'add'
      ? [...before, edit.entry]
      : edit.do === 'remove'
        ? before.filter((entry) => entry.code !== code)
        : before.map((entry) => (entry.code === code ? edit.entry : entry))
  return parseFramework(JSON.stringify({ ...framework, [part]: after }))
}

/** What one version of the framework says otherwise than the one before. */
export interface FrameworkChange {
  readonly part: FrameworkPart
  readonly code: string
  readonly label: string
  readonly what: 'added' | 'removed' | 'changed'
  /** Of one that was changed, each field with what it said before and says now; lists a line each. */
  readonly fields: readonly {
    readonly field: EntryField
    readonly before: string
    readonly after: string
  }[]
}

/** What is different between two frameworks, by list and in the order of the codes. */
export function compareFrameworks(before: Framework, after: Framework): FrameworkChange[] {
  return FRAMEWORK_PARTS.flatMap((part) => {
    const codes = [...before[part], ...after[part]].map(({ code }) => code)
    return [...new Set(codes)].sort().flatMap((code): FrameworkChange[] => {
      const [was, is] = [findEntry(before, part, code), findEntry(after, part, code)]
      const label = (is ?? was)?.label ?? code
      if (was === undefined || is === undefined) {
        return [{ part, code, label, what: is === undefined ? 'removed' : 'added', fields: [] }]
      }
      const [said, says] = [fieldsOf(was), fieldsOf(is)]
      const fields = ENTRY_FIELDS[part]
        .map((field) => ({ field, before: said[field] ?? '', after: says[field] ?? '' }))
        .filter((one) => one.before !== one.after)
      return fields.length === 0 ? [] : [{ part, code, label, what: 'changed', fields }]
    })
  })
}
