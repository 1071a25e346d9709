/** What `npm run doctor` says of one part of the machine: whether a site can work with it, and in which words. */
export type Finding = { readonly ok: boolean; readonly zh: string; readonly en: string }
