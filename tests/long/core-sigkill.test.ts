import { keepsEveryMealUnderKills } from '../support/rush-under-kills.ts'

keepsEveryMealUnderKills(15, 10)
