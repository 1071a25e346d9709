import { sheetTenders } from '../../../shared/day-close/sheet-words.ts'
import { classes } from '../../design/classes.ts'
import { Icon } from '../../design/Icon.tsx'
import { reportYuan } from '../../i18n/money.ts'
import { type Speech, useSpeech } from '../../i18n/use-words.ts'
import styles from './money-tile.module.css'

const icons = { account: 'card', outside: 'phone', cash: 'cash' } as const

interface Money {
  readonly kind: 'account' | 'outside' | 'cash'
  readonly expectedFen: number
  readonly countedFen: number | null
  /** Null: nothing to compare with. */
  readonly differenceFen: number | null
}

function headOf({ expectedFen, differenceFen }: Money, words: Speech['words']): string {
  if (differenceFen === null || differenceFen === 0) return reportYuan(expectedFen)
  return differenceFen > 0 ? words.checkMore(reportYuan(differenceFen)) : words.checkLess(reportYuan(-differenceFen))
}

function noteOf({ kind, expectedFen, countedFen, differenceFen }: Money, words: Speech['words']): string {
  if (kind === 'account') return expectedFen === 0 ? words.checkNobody : words.checkBank
  if (differenceFen === 0) return words.checkFits
  if (countedFen === null && kind === 'cash') return words.checkNotCounted
  if (countedFen === null) return expectedFen === 0 ? words.checkNobody : words.checkNotLooked
  return kind === 'cash'
    ? words.checkExpectedCounted(reportYuan(expectedFen), reportYuan(countedFen))
    : words.checkOutside(reportYuan(expectedFen), reportYuan(countedFen))
}

/** One way of payment: what there should be, and whether it is there. */
export function MoneyTile(money: Money & { small?: boolean }) {
  const { words, say } = useSpeech()
  const { kind, differenceFen } = money
  const isOff = differenceFen !== null && differenceFen !== 0
  return (
    <div
      className={classes(styles.tile, money.small && styles.small, isOff && styles.off)}
      data-tile={kind}
      data-difference={differenceFen ?? ''}
    >
      <p className={styles.name}>
        <Icon name={icons[kind]} size={money.small ? 20 : 26} />
        {say(sheetTenders[kind])}
      </p>
      <strong>{headOf(money, words)}</strong>
      <p className={classes(styles.note, differenceFen === 0 && styles.fits)}>
        {differenceFen === 0 && <Icon name="check" size={22} />}
        {noteOf(money, words)}
      </p>
    </div>
  )
}
