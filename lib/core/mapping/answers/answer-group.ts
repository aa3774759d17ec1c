/** What a column is, in words and as an answer. */
export interface ColumnAnswer {
  readonly value: string
  readonly text: string
}

/** Answers that belong together. */
export interface AnswerGroup {
  readonly label: string
  readonly answers: readonly ColumnAnswer[]
}
