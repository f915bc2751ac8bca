const CACHE = 'app-__VERSION__';
const FILES = ['__FILES__'];

self.addEventListener('install', (e) => {
  e.waitUntil(caches.open(CACHE).then((c) => c.addAll(FILES.map((f) => new Request(f, { cache: 'reload' })))));
});
self.addEventListener('activate', (e) => {
  e.waitUntil(
    caches
      .keys()
      .then((ks) => Promise.all(ks.filter((k) => k.startsWith('app-') && k !== CACHE).map((k) => caches.delete(k)))),
  );
});
self.addEventListener('message', (e) => {
  if (e.data === 'update-now') self.skipWaiting();
});
self.addEventListener('fetch', (e) => {
  const { request } = e;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  const key = request.mode === 'navigate' ? 'index.html' : request;
  e.respondWith(caches.match(key, { cacheName: CACHE, ignoreSearch: true }).then((hit) => hit ?? fetch(request)));
});
