/**
 * Markup as text. Every value passes through `element` or `escapeText`, so that no name of a
 * service can become markup.
 */

/** Attributes of an element; numbers are written to a tenth of a pixel. */
export type Attributes = Readonly<Record<string, string | number>>

/**
 * An element with attributes and children that are already markup. Its quotes are single ones: a
 * page carries its markup a second time in a script, where each double quote is three more
 * characters.
 */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  let open = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    const text = typeof value === 'number' ? String(Math.round(value * 10) / 10) : escapeText(value)
    open += ` ${key}='${text}'`
  }
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`
}

/** Text as it stands between tags or in an attribute. */
export function escapeText(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark) : text
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
