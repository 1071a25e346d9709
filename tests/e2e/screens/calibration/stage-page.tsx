import { createRoot } from 'react-dom/client'
import '../../../../renderer/design/fonts.ts'
import '../../../../renderer/design/base.css'
import './stage.css'
import { CalibrationReport } from '../../../../renderer/screens/face/CalibrationReport.tsx'

const place = document.getElementById('page')
if (!place) throw new Error('the page has no place to draw in')
createRoot(place).render(
  <header className="stage">
    <CalibrationReport />
  </header>,
)
