/* The same at every size of screen. */
import '../../e2e/kiosk/kiosk.test.ts'
