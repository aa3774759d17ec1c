import { classes, mark, type Markup, type MarkupAttributes, type MarkupChild } from './markup.ts'

/**
 * Fields of forms in the patterns of GOV.UK, once for every page of ours: ids, labels, hints and
 * errors, and how they are told to belong together. Source: GOV.UK Design System, components.
 */

/** What every field has. */
export interface FieldWords {
  /** Where the summary of errors leads. */
  readonly id: string
  /** What it is sent as; its id unless it is told otherwise. */
  readonly name?: string
  readonly label: string
  /** Of a field that stands alone. */
  readonly labelSize?: 's'
  readonly hint?: string | undefined
  /** What is wrong with what was given. */
  readonly error?: string | undefined
}

/** One thing to choose. */
export interface Choice {
  readonly value: string
  readonly text: string
  readonly hint?: string
}

/** Classes that say of a group or a control that something is wrong with it. */
export function errorClass(
  block: 'form-group' | 'input' | 'select' | 'textarea' | 'file-upload',
): string {
  return `govuk-${block}--error`
}

/** Id of the line that says what is wrong with a field. */
export function errorId(id: string): string {
  return `${id}-error`
}

/** The line that says what is wrong with a field. */
export function errorLine(id: string, message: string): Markup {
  const hidden = mark('span', { class: 'govuk-visually-hidden' }, 'Error:')
  return mark('p', { id: errorId(id), class: 'govuk-error-message' }, hidden, ` ${message}`)
}

/** A line of text. */
export function textField(
  words: FieldWords & {
    readonly value: string
    /** In characters, for what has a known length. */
    readonly width?: 5 | 10 | 20 | undefined
    /** The label is the page's heading. */
    readonly isHeading?: boolean
    readonly input?: MarkupAttributes
  },
): Markup {
  const { width, value, input = {}, isHeading = false } = words
  const control = mark('input', {
    ...controlOf('input', words, width && `govuk-input--width-${width}`),
    type: 'text',
    ...input,
    value,
  })
  return group(words, [labelOf(words, isHeading), hintOf(words), errorOf(words), control])
}

/** A list to choose one from. */
export function selectField(
  words: FieldWords & { readonly value: string; readonly choices: readonly Choice[] },
): Markup {
  const options = words.choices.map(({ value, text }) =>
    mark('option', { value, selected: value === words.value }, text),
  )
  const control = mark('select', controlOf('select', words), ...options)
  return group(words, [labelOf(words), hintOf(words), errorOf(words), control])
}

/** Several lines of text. */
export function areaField(
  words: FieldWords & { readonly value: string; readonly rows: number; readonly longest: number },
): Markup {
  const { rows, longest, value } = words
  const attributes = { ...controlOf('textarea', words), rows, maxlength: longest }
  return group(words, [
    ...[labelOf(words), hintOf(words), errorOf(words)],
    mark('textarea', attributes, value),
  ])
}

/** A file to choose. */
export function fileField(
  words: FieldWords & {
    readonly input?: MarkupAttributes
    /** What is around the input, where a script makes it a place to drop files on. */
    readonly dropZone?: MarkupAttributes
  },
): Markup {
  const attributes = { ...controlOf('file-upload', words), type: 'file', ...words.input }
  const input = mark('input', attributes)
  return group(words, [
    ...[labelOf(words), hintOf(words), errorOf(words)],
    words.dropZone === undefined ? input : mark('div', words.dropZone, input),
  ])
}

/**
 * A secret that can be shown while it is typed, and is never given back; what shows it is the
 * shell's.
 */
export function secretField(
  words: FieldWords & {
    /** What the button is told to show. */
    readonly secret: string
    readonly input?: MarkupAttributes
    readonly group?: MarkupAttributes
    readonly toggle?: MarkupAttributes
  },
): Markup {
  const { id, secret } = words
  const control = mark('input', {
    ...controlOf('input', words, 'govuk-password-input__input govuk-js-password-input-input'),
    type: 'password',
    spellcheck: 'false',
    autocapitalize: 'none',
    ...words.input,
  })
  const toggle = mark(
    'button',
    {
      type: 'button',
      class:
        'govuk-button govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle',
      'aria-controls': id,
      'aria-label': `Show ${secret}`,
      ...words.toggle,
    },
    'Show',
  )
  const wrapper = { class: 'govuk-input__wrapper govuk-password-input__wrapper' }
  return group(
    words,
    [labelOf(words), hintOf(words), errorOf(words), mark('div', wrapper, control, toggle)],
    { class: 'govuk-password-input', ...words.group },
  )
}

/** One box to tick. */
export function tickField(words: FieldWords & { readonly isTicked: boolean }): Markup {
  const { id, hint, isTicked } = words
  const box = {
    ...{ class: 'govuk-checkboxes__input', id, name: words.name ?? id },
    ...{ type: 'checkbox', value: 'yes', checked: isTicked },
    'aria-describedby': describedBy(words),
  }
  const item = mark(
    'div',
    { class: 'govuk-checkboxes__item' },
    mark('input', box),
    mark('label', { class: 'govuk-label govuk-checkboxes__label', for: id }, words.label),
    itemHint(id, hint, 'govuk-checkboxes__hint'),
  )
  return group(words, [errorOf(words), mark('div', { class: 'govuk-checkboxes' }, item)])
}

/** One of a few. The first has the field's id, where the summary of errors leads. */
export function radioField(
  words: FieldWords & { readonly value: string | undefined; readonly choices: readonly Choice[] },
): Markup {
  const { id, name = id } = words
  const items = words.choices.map(({ value, text, hint }, index) => {
    const own = index === 0 ? id : `${id}-${value}`
    const radio = {
      ...{ class: 'govuk-radios__input', id: own, name, type: 'radio', value },
      checked: words.value === value,
      'aria-describedby': hint === undefined ? undefined : `${id}-${value}-hint`,
    }
    return mark(
      'div',
      { class: 'govuk-radios__item' },
      mark('input', radio),
      mark('label', { class: 'govuk-label govuk-radios__label', for: own }, text),
      itemHint(`${id}-${value}`, hint, 'govuk-radios__hint'),
    )
  })
  const radios = mark('div', { class: 'govuk-radios', 'data-module': 'govuk-radios' }, ...items)
  return group(words, [fieldset(words, {}, radios)])
}

const DATE_PARTS = [
  { part: 'day', label: 'Day', width: 2 },
  { part: 'month', label: 'Month', width: 2 },
  { part: 'year', label: 'Year', width: 4 },
] as const

/**
 * A day as three fields, `name-day`, `name-month` and `name-year`; the first has the field's id.
 */
export function dateField(
  words: FieldWords & { readonly values: Readonly<Record<string, string | undefined>> },
): Markup {
  const { id, name = id, values, error } = words
  const items = DATE_PARTS.map(({ part, label, width }, index) => {
    const field = `${name}-${part}`
    const own = index === 0 ? id : field
    const input = {
      class: classes(
        `govuk-input govuk-date-input__input govuk-input--width-${width}`,
        error !== undefined && errorClass('input'),
      ),
      ...{ id: own, name: field, type: 'text', inputmode: 'numeric', autocomplete: 'off' },
      value: values[field] ?? '',
    }
    const labelled = mark(
      'div',
      { class: 'govuk-form-group' },
      mark('label', { class: 'govuk-label govuk-date-input__label', for: own }, label),
      mark('input', input),
    )
    return mark('div', { class: 'govuk-date-input__item' }, labelled)
  })
  const parts = mark('div', { class: 'govuk-date-input' }, ...items)
  return group(words, [fieldset(words, { role: 'group' }, parts)])
}

function group(
  { error }: FieldWords,
  children: readonly MarkupChild[],
  { class: own, ...attributes }: MarkupAttributes = {},
): Markup {
  const names = classes(
    'govuk-form-group',
    typeof own === 'string' && own,
    error !== undefined && errorClass('form-group'),
  )
  return mark('div', { class: names, ...attributes }, ...children)
}

function fieldset(words: FieldWords, attributes: MarkupAttributes, controls: Markup): Markup {
  return mark(
    'fieldset',
    { class: 'govuk-fieldset', ...attributes, 'aria-describedby': describedBy(words) },
    mark('legend', { class: 'govuk-fieldset__legend' }, words.label),
    ...[hintOf(words), errorOf(words), controls],
  )
}

function controlOf(
  block: 'input' | 'select' | 'textarea' | 'file-upload',
  words: FieldWords,
  more?: string,
): MarkupAttributes {
  const { id, name = id, error } = words
  return {
    class: classes(`govuk-${block}`, more, error !== undefined && errorClass(block)),
    id,
    name,
    'aria-describedby': describedBy(words),
  }
}

function labelOf({ id, label, labelSize }: FieldWords, isHeading = false): Markup {
  const size = isHeading ? 'l' : labelSize
  const names = classes('govuk-label', size && `govuk-label--${size}`)
  const made = mark('label', { class: names, for: id }, label)
  return isHeading ? mark('h1', { class: 'govuk-label-wrapper' }, made) : made
}

function hintOf({ id, hint }: FieldWords): MarkupChild {
  return hint !== undefined && mark('div', { id: `${id}-hint`, class: 'govuk-hint' }, hint)
}

function itemHint(id: string, hint: string | undefined, block: string): MarkupChild {
  return hint !== undefined && mark('div', { id: `${id}-hint`, class: `govuk-hint ${block}` }, hint)
}

function errorOf({ id, error }: FieldWords): MarkupChild {
  return error !== undefined && errorLine(id, error)
}

function describedBy({ id, hint, error }: FieldWords): string | undefined {
  const ids = [hint !== undefined && `${id}-hint`, error !== undefined && errorId(id)]
  const told = ids.filter(Boolean).join(' ')
  return told === '' ? undefined : told
}
