/** Has the browser keep this page for when there is no network. Only what was built has a worker. */
export function keepPage(): void {
  if (import.meta.env.PROD)
    navigator.serviceWorker
      ?.register('worker.js')
      .catch(error => console.info('no worker:', error instanceof Error ? error.message : error))
}
