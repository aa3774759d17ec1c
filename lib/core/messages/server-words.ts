/** What a person reads about a refusal or a fault. */
export interface ServerWords {
  readonly title: string
  /** What to do about it, for whoever can. */
  readonly mend: string
}
