/* The same, before all twenty other people. */
import '../../e2e/face/face-at-the-till.test.ts'
