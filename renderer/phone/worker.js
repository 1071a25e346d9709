/** Keeps the page itself, so that it opens in a lift or a village without a network. What people did lies in the page's database, never here. */
// All three are written in by the build.
const files = 'FILES'
const page = 'PAGE-'
const kept = `${page}VERSION`

self.addEventListener('install', event => {
  event.waitUntil(
    caches
      .open(kept)
      .then(cache => cache.addAll(files))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', event => {
  // Another page of the same address keeps its own.
  const isOld = name => name.startsWith(page) && name !== kept
  event.waitUntil(
    caches
      .keys()
      .then(names => Promise.all(names.filter(isOld).map(name => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

// What is asked of the province is asked of the province alone.
self.addEventListener('fetch', event => {
  if (event.request.method !== 'GET') return
  event.respondWith(caches.match(event.request, { ignoreSearch: true }).then(found => found ?? fetch(event.request)))
})
