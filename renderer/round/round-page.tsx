import { createRoot } from 'react-dom/client'
import { keepPage } from '../phone/keep-page.ts'
import './round.css'
import { Round } from './Round.tsx'
import { start, useRound } from './round-store.ts'

const place = document.getElementById('page')
if (!place) throw new Error('the page has no place to draw in')
document.documentElement.lang = useRound.getState().language === 'zh' ? 'zh-CN' : 'en'
createRoot(place).render(<Round />)
void start()
keepPage()
