import { keepsEveryMealUnderKills } from '../support/rush-under-kills.ts'

keepsEveryMealUnderKills(200, 200)
