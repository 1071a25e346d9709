import { createRoot } from 'react-dom/client'
import { keepPage } from '../phone/keep-page.ts'
import './carer.css'
import { Carer } from './Carer.tsx'
import { speakAs, start, useCarer } from './carer-store.ts'

const place = document.getElementById('page')
if (!place) throw new Error('the page has no place to draw in')
speakAs(useCarer.getState().language)
createRoot(place).render(<Carer />)
void start()
keepPage()
