import { type Problem, words } from './words.ts'

/** Words about a senior's statement. */
export const statementProblems = {
  STATEMENT_OFFLINE: {
    staff: words('现在没有网络，只有本机知道的', 'No network now: only what this till knows is here'),
    senior: null,
    next: words('联网后再问平台；单子照样能打', 'Ask the province when online; the paper can be printed all the same'),
  },
  STATEMENT_ELSEWHERE: {
    staff: words('这位不是本站的，平台没有给', 'This person is not of this site: the province told nothing'),
    senior: null,
    next: words(
      '请这位到自己的站点看，或扫以前单子上的码',
      "Their own site can print it; an earlier paper's code works too",
    ),
  },
} as const satisfies Record<string, Problem>
