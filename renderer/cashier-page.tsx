import { createRoot } from 'react-dom/client'
import './design/fonts.ts'
import './design/base.css'
import { showContrast } from './design/contrast.ts'
import { showTextSize } from './design/text-size.ts'
import { Cashier } from './screens/cashier/Cashier.tsx'
import { watchAfterwards } from './state/afterwards-actions.ts'
import { startCamera } from './state/cashier-camera.ts'
import { listenToKeys } from './state/cashier-keys.ts'
import { useCashier } from './state/cashier-store.ts'
import { startStaffSounds } from './state/cashier-voice.ts'
import { watchClose } from './state/close-actions.ts'
import { watchEnrolment } from './state/face-enrolment.ts'
import { watchFaceLook } from './state/face-look.ts'
import { watchFaceStatus } from './state/face-status.ts'
import { watchResting } from './state/resting.ts'
import { watchScans } from './state/rounds-actions.ts'
import { watchSettings } from './state/settings-actions.ts'
import { watchStatement } from './state/statement-actions.ts'
import { watchStationFace } from './state/station-face.ts'

const place = document.getElementById('page')
if (!place) throw new Error('the page has no place to draw in')
document.documentElement.lang = useCashier.getState().language === 'zh' ? 'zh-CN' : 'en'
createRoot(place).render(<Cashier />)
listenToKeys()
useCashier.subscribe(({ terminal }) => {
  showContrast(terminal?.contrast ?? 'normal')
  showTextSize(terminal?.textSize ?? 100)
})
startCamera()
watchFaceLook()
watchStationFace()
watchFaceStatus()
watchEnrolment()
watchAfterwards()
startStaffSounds()
watchClose()
watchResting()
watchSettings()
watchStatement()
watchScans()
setInterval(() => useCashier.setState({ now: Date.now() }), 5000)
