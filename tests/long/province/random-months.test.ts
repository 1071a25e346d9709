/* The same, for every month. */
import '../../integration/province/random-month.test.ts'
