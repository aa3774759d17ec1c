/**
 * The guide for the analyst as markup, from the one text in docs: headings, paragraphs, lists,
 * tables, bold and code. What it does not know it refuses, so that nothing is lost on the way.
 */

/**
 * The markup of a guide; its title, the first line, is left out. Throws at a line it does not know.
 */
export function guideMarkup(markdown: string): string {
  const blocks = markdown.trim().split(/\n{2,}/)
  const [title = '', ...rest] = blocks
  if (!title.startsWith('# ')) throw new Error('a guide begins with its title')
  return rest.map(blockMarkup).join('\n')
}

function blockMarkup(block: string): string {
  const lines = block.split('\n')
  const [first = ''] = lines
  if (first.startsWith('## ') && lines.length === 1)
    return `<h3 class="govuk-heading-s">${inline(first.slice(3))}</h3>`
  if (first.startsWith('- ')) return listMarkup(lines, /^- /, 'ul', 'bullet')
  if (/^1[.] /.test(first)) return listMarkup(lines, /^[0-9]+[.] /, 'ol', 'number')
  if (first.startsWith('| ')) return tableMarkup(lines)
  if (/^[#>`]|^ {2,}/.test(first))
    throw new Error(`the guide has a line of no known kind: ${first}`)
  return `<p class="govuk-body">${inline(lines.join(' '))}</p>`
}

function listMarkup(
  lines: readonly string[],
  mark: RegExp,
  tag: 'ul' | 'ol',
  kind: 'bullet' | 'number',
): string {
  const items: string[] = []
  for (const line of lines) {
    if (mark.test(line)) items.push(line.replace(mark, ''))
    else items.push(`${items.pop() ?? ''} ${line.trim()}`)
  }
  const listed = items.map((item) => `<li>${inline(item)}</li>`).join('')
  return `<${tag} class="govuk-list govuk-list--${kind}">${listed}</${tag}>`
}

/** A table of two columns as a list of what is said and what to do: it fits a phone. */
function tableMarkup(lines: readonly string[]): string {
  const rows = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  const listed = rows.slice(2).map(([name = '', value = '', ...more]) => {
    if (more.length > 0) throw new Error('a table of the guide has two columns')
    return `<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${inline(name)}</dt><dd class="govuk-summary-list__value">${inline(value)}</dd></div>`
  })
  return `<dl class="govuk-summary-list">${listed.join('')}</dl>`
}

function inline(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  if (/\[[^[\]]*\]\(/.test(escaped)) throw new Error(`the guide is read without a network: ${text}`)
  return escaped
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/`([^`]+)`/g, '<span class="app-code">$1</span>')
}
