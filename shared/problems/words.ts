/** Text in the two languages of the product. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** What staff read, what the senior may see (null: the neutral "please wait"), and what to do next. `{name}` stands for a value. */
export interface Problem {
  readonly staff: Words
  readonly senior: Words | null
  readonly next: Words
}

export const words = (zh: string, en: string): Words => ({ zh, en })
