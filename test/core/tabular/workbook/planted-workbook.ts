import { relationships, workbookParts, writeWorkbook, type CellValue } from './workbook-writer.ts'

/**
 * A workbook with a word of its own in every place beside the cells where somebody may have written one: a name of
 * a person, as people name sheets, remarks and files.
 */

/** The words by where they are. */
export const WORDS_BESIDE = {
  sheet: 'Hildegardine',
  'hidden sheet': 'Wolvesworthy',
  remark: 'Sacheverellia',
  'author of a remark': 'Throckmortimer',
  'custom property': 'Peregrinella',
  'author of the file': 'Ravenscroftly',
  'name of a range': 'Euphemiannah',
  'name of a packed file': 'Yarboroughian',
  header: 'Clementhorpe',
  'tip of a link': 'Osbaldestonia',
  'target of a link': 'Quennevillette',
  'list of a cell': 'Bartholomeusz',
} as const satisfies Record<string, string>

const at = (place: keyof typeof WORDS_BESIDE): string => WORDS_BESIDE[place]

/** With these rows in its sheet, and others in a hidden one. */
export function plantedWorkbook(
  rows: readonly (readonly CellValue[])[],
  hidden: readonly (readonly CellValue[])[],
): Uint8Array {
  const sheets = [
    { name: at('sheet'), rows },
    { name: at('hidden sheet'), state: 'hidden' as const, rows: hidden },
  ]
  const plain = workbookParts({ sheets })
  const changed = (part: string, before: string, after: string): Record<string, string> => ({
    [part]: (plain[part] ?? '').replace(before, `${after}${before}`),
  })
  return writeWorkbook({
    sheets,
    parts: {
      ...changed(
        'xl/workbook.xml',
        '</workbook>',
        `<definedNames><definedName name="${at('name of a range')}">${at('sheet')}!$A$1</definedName></definedNames>`,
      ),
      ...changed(
        'xl/worksheets/sheet1.xml',
        '</worksheet>',
        `<dataValidations count="1"><dataValidation type="list" sqref="A2"><formula1>"${at('list of a cell')}"</formula1></dataValidation></dataValidations>` +
          `<hyperlinks><hyperlink ref="A2" r:id="rId2" tooltip="${at('tip of a link')}"/></hyperlinks>` +
          `<headerFooter><oddHeader>${at('header')}</oddHeader></headerFooter>`,
      ),
      'xl/worksheets/_rels/sheet1.xml.rels': relationships([
        ['rId1', 'comments', '../comments1.xml'],
        ['rId2', 'hyperlink', `mailto:${at('target of a link')}@example.org`],
      ]).replace('Target="mailto', 'TargetMode="External" Target="mailto'),
      'xl/comments1.xml': `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>${at('author of a remark')}</author></authors><commentList><comment ref="A2" authorId="0"><text><t>${at('remark')}</t></text></comment></commentList></comments>`,
      'docProps/core.xml': `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>${at('author of the file')}</dc:creator></cp:coreProperties>`,
      'docProps/custom.xml': `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property name="${at('custom property')}" pid="2"/></Properties>`,
      [`xl/media/${at('name of a packed file')}.xml`]: '<nothing/>',
    },
  })
}
