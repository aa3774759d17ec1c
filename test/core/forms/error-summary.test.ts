import { expect, test } from 'vitest'
import { errorSummary } from '#core/forms/error-summary.ts'
import type { Markup, MarkupChild } from '#core/forms/markup.ts'

/** The summary as HTML would have it, without its classes. */
function shown(child: MarkupChild): string {
  if (typeof child !== 'object') return typeof child === 'string' ? child : ''
  const { tag, attributes, children }: Markup = child
  const told = Object.entries(attributes).filter(([name]) => name !== 'class')
  const listed = told.map(([name, value]) => ` ${name}="${String(value)}"`).join('')
  return `<${tag}${listed}>${children.map(shown).join('')}</${tag}>`
}

test('says each problem once, leads to its field, and takes the focus', () => {
  const summary = shown(
    errorSummary([
      { field: 'email', message: 'Enter your email address', hint: 'It has an @.' },
      { message: 'The file is empty.' },
    ]),
  )
  expect(summary).toBe(
    '<div role="alert" tabindex="-1"><h2>There is a problem</h2><div><ul>' +
      '<li><a href="#email">Enter your email address</a><div>It has an @.</div></li>' +
      '<li><strong>The file is empty.</strong></li></ul></div></div>',
  )
})

test('takes a hint that holds a link', () => {
  const link: Markup = { tag: 'a', attributes: { href: '/there' }, children: ['B-1'] }
  const [, body] = errorSummary([{ message: 'No.', hint: ['Did you mean ', link, '?'] }]).children
  expect(shown(body)).toContain('<div>Did you mean <a href="/there">B-1</a>?</div>')
})
