import { describe, expect, it } from 'vitest'
import * as kit from '#core/forms/fields.ts'
import type { Markup } from '#core/forms/markup.ts'

/** Every element of a field, from the outermost in. */
function elementsOf(markup: Markup): Markup[] {
  return [
    markup,
    ...markup.children.flatMap((child) => (typeof child === 'object' ? elementsOf(child) : [])),
  ]
}

function textOf({ children }: Markup): string {
  return children
    .map((child) => (typeof child === 'object' ? textOf(child) : child === false ? '' : child))
    .join('')
}

const CHOICES = [
  { value: 'a', text: 'First', hint: 'More of it' },
  { value: 'b', text: 'Second' },
]

const FIELDS: Readonly<Record<string, (words: kit.FieldWords) => Markup>> = {
  text: (words) => kit.textField({ ...words, value: 'typed', width: 10 }),
  'text as a heading': (words) => kit.textField({ ...words, value: '', isHeading: true }),
  select: (words) => kit.selectField({ ...words, value: 'b', choices: CHOICES }),
  file: (words) => kit.fileField({ ...words, input: { multiple: true } }),
  secret: (words) => kit.secretField({ ...words, secret: 'passphrase' }),
  tick: (words) => kit.tickField({ ...words, isTicked: true }),
  radio: (words) => kit.radioField({ ...words, value: 'b', choices: CHOICES }),
  date: (words) => kit.dateField({ ...words, values: { 'when-day': '3' } }),
}

const WORDS = { id: 'when', label: 'A label', hint: 'A hint' }

describe.each(Object.entries(FIELDS))('the field %s', (_, make) => {
  it.each([WORDS, { ...WORDS, error: 'Give it.' }])(
    'ties label, hint and error to what they are about, with ids that are there once',
    (words) => {
      const elements = elementsOf(make(words))
      const ids = elements.flatMap(({ attributes: { id } }) => (id === undefined ? [] : [id]))
      expect(new Set(ids).size).toBe(ids.length)
      // Where the summary of errors leads.
      expect(ids).toContain('when')
      for (const { attributes } of elements) {
        const { for: about, 'aria-describedby': by, 'aria-controls': controls } = attributes
        const named = [about, controls, ...(typeof by === 'string' ? by.split(' ') : [])]
        for (const id of named) if (id !== undefined) expect(ids).toContain(id)
      }
      const described = elements.flatMap(({ attributes: { 'aria-describedby': by } }) => by ?? [])
      expect(described.join(' ')).toContain('when-hint')
      expect(described.join(' ').includes('when-error')).toBe('error' in words)
    },
  )

  it('says what is wrong in words and in colour, and nothing when nothing is', () => {
    const wrong = elementsOf(make({ ...WORDS, error: 'Give it.' }))
    const line = wrong.find(({ attributes }) => attributes['id'] === kit.errorId('when'))
    expect(line && textOf(line)).toBe('Error: Give it.')
    expect(wrong[0]?.attributes['class']).toContain(kit.errorClass('form-group'))
    const right = elementsOf(make(WORDS))
    expect(right.filter(({ attributes }) => /error/.test(JSON.stringify(attributes)))).toEqual([])
    expect(textOf(make(WORDS))).toContain('A label')
  })
})

describe('what a field holds', () => {
  const controls = (markup: Markup): Markup[] =>
    elementsOf(markup).filter(({ tag }) => tag === 'input' || tag === 'option')

  it('is what was given before, and a secret never', () => {
    expect(controls(kit.textField({ ...WORDS, value: 'x' }))[0]?.attributes['value']).toBe('x')
    const chosen = controls(kit.selectField({ ...WORDS, value: 'b', choices: CHOICES }))
    expect(chosen.map(({ attributes }) => attributes['selected'])).toEqual([false, true])
    const radios = controls(kit.radioField({ ...WORDS, value: 'a', choices: CHOICES }))
    expect(radios.map(({ attributes }) => attributes['checked'])).toEqual([true, false])
    const days = controls(kit.dateField({ ...WORDS, values: { 'when-month': '2' } }))
    expect(days.map(({ attributes }) => [attributes['name'], attributes['value']])).toEqual([
      ['when-day', ''],
      ['when-month', '2'],
      ['when-year', ''],
    ])
    const [secret] = controls(kit.secretField({ ...WORDS, secret: 'password' }))
    expect(secret?.attributes).not.toHaveProperty('value')
  })
})
