import type { CheckContext } from '#core/checks/rows/person-reader.ts'
import type { FurtherFile } from './reading-task.ts'

/** What the rows of a file of a further kind are checked against; nothing for people and service use. */
export function furtherContext(
  further: FurtherFile | undefined,
  serviceCode: string,
): Pick<CheckContext, 'outcomes' | 'day'> {
  if (further === undefined) return {}
  const { framework, day } = further
  return { outcomes: { framework, serviceCode }, day }
}
