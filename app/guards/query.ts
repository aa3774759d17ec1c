/** The address's query as Next hands it to a page. */
export type Query = Record<string, string | string[] | undefined>

/** One value of a query; empty when it is not there or not one. */
export function textIn(query: Query, name: string): string {
  const value = query[name]
  return typeof value === 'string' ? value : ''
}

/** One of a few values of a query; the first when it is none of them. */
export function choiceIn<Choice extends string>(
  query: Query,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const text = textIn(query, name)
  return choices.find((choice) => choice === text) ?? choices[0]
}

/** The number of a page in a query; 1 when it is none. */
export function pageIn(query: Query): number {
  const text = textIn(query, 'page')
  return /^[1-9][0-9]{0,6}$/.test(text) ? Number(text) : 1
}
