import type { TreatmentPart } from './file-treatment.ts'

/** What is done to the file of a service, as a document. */
export interface TreatmentDocument {
  readonly serviceName: string
  /** Of the file that was taken last, in words. */
  readonly since: string
  readonly parts: readonly TreatmentPart[]
}

/** A page of HTML that stands alone: no script, nothing loaded, for a browser or a printer. */
export function writeTreatment({ serviceName, since, parts }: TreatmentDocument): string {
  const title = `What is done to the file of ${serviceName}`
  const sections = parts.map(
    ({ title: heading, lines }) =>
      `<section>\n<h2>${escaped(heading)}</h2>\n<ol>\n${lines.map(lineMarkup).join('')}</ol>\n</section>\n`,
  )
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    `<title>${escaped(title)}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n`,
    `<h1>${escaped(title)}</h1>\n<p>${escaped(since)}</p>\n`,
    ...sections,
    '</body>\n</html>\n',
  ].join('')
}

const STYLE =
  'body{font-family:sans-serif;line-height:1.4;max-width:45em;margin:2em auto;padding:0 1em}section{break-inside:avoid}'

function lineMarkup({ text, details }: TreatmentPart['lines'][number]): string {
  const items = details.map((detail) => `<li>${escaped(detail)}</li>`).join('')
  return `<li>${escaped(text)}${items === '' ? '' : `<ul>${items}</ul>`}</li>\n`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
