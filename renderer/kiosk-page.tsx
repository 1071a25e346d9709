import { createRoot } from 'react-dom/client'
import './design/fonts.ts'
import './design/base.css'
import { Kiosk } from './screens/kiosk/Kiosk.tsx'
import { startKiosk } from './state/kiosk-actions.ts'
import { watchQuiet } from './state/kiosk-quiet.ts'
import { useKiosk } from './state/kiosk-store.ts'

const place = document.getElementById('page')
if (!place) throw new Error('the page has no place to draw in')
document.documentElement.lang = useKiosk.getState().language === 'zh' ? 'zh-CN' : 'en'
createRoot(place).render(<Kiosk />)
startKiosk()
watchQuiet()
