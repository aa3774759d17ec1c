import { QUALITY_CODES, type DataQuality, type QualityCode } from '#core/measures/data-quality.ts'
import type { Told, ToldTable } from '#core/measures/told-table.ts'
import { INDICATOR_WORDS } from '#core/messages/releases/measure-words.ts'
import {
  quarterAfter,
  quartersBetween,
  quarterWords,
  shortQuarterWords,
} from '#core/standard/quarter.ts'
import { lookAtQuality, type YearOfQuality } from '#server/figures/measures/look-at-quality.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import { textIn } from '../../guards/query.ts'
import type { ReadPage } from '../read-page.ts'
import type { ToldPage } from '../told-page.tsx'

/** How good the files of every service were through a year, for those with the right. */
export const readQuality: ReadPage<
  ToldPage &
    YearOfQuality & {
      readonly quarters: ReturnType<typeof quartersBetween>
      readonly services: ReadonlyMap<string, string>
    }
> = async ({ actor, query, portal, accounts, period: { quarters: begun, to: last } }) => {
  const asked = begun.find((of) => of === textIn(query, 'quarter'))
  const looked = await lookAtQuality(portal.looks, actor, { asked, otherwise: last })
  if (!looked.ok) return undefined
  const { to, files } = looked
  const quarters = quartersBetween(quarterAfter(to, -3), to).filter((of) => begun.includes(of))
  const { services } = await readRegisterNames(accounts.pool, to)
  const told = QUALITY_CODES.map((code): ToldTable => {
    const { name, what } = INDICATOR_WORDS[code]
    return {
      ...{ name, caption: name, note: what },
      columns: [
        { name: 'Service', is: 'words' },
        ...quarters.map((quarter) => ({
          name: shortQuarterWords(quarter),
          ...{ is: code === 'daysAfter' ? ('number' as const) : ('part' as const) },
          otherwise: 'no file',
        })),
      ],
      rows: [...services].map(([service, named]) => ({
        key: service,
        cells: [
          named,
          ...quarters.map((quarter) =>
            cellOf(
              code,
              files.find((file) => file.service === service && file.quarter === quarter),
            ),
          ),
        ],
      })),
    }
  })
  return {
    ...{ to, files, quarters, services, inFiles: told, parts: [] },
    title: `Data quality, the year to the end of ${quarterWords(to)}`,
    notes: ['Of a file without any row or record a share is of nothing: 0 of 0.'],
  }
}

function cellOf(code: QualityCode, file: { readonly quality: DataQuality } | undefined): Told {
  if (file === undefined) return null
  if (code === 'daysAfter') return file.quality.daysAfter
  return file.quality[code]
}
