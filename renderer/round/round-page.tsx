import { createRoot } from 'react-dom/client'
import './round.css'
import { Round } from './Round.tsx'
import { start, useRound } from './round-store.ts'

const place = document.getElementById('page')
if (!place) throw new Error('the page has no place to draw in')
document.documentElement.lang = useRound.getState().language === 'zh' ? 'zh-CN' : 'en'
createRoot(place).render(<Round />)
void start()
// Only what was built has a worker.
if (import.meta.env.PROD)
  navigator.serviceWorker
    ?.register('worker.js')
    .catch(error => console.info('no worker:', error instanceof Error ? error.message : error))
