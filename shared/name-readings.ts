/** The first letters of pinyin syllables, and the first common character of each in the pinyin order of CLDR. */
const letters = 'ABCDEFGHJKLMNOPQRSTWXYZ'
const firstOfLetter = '阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他穵夕丫帀'

const pinyinOrder = new Intl.Collator('zh-u-co-pinyin')

/** Of each entry the characters before the capitals, and the first letters that it says they are read by. */
const table = (entries: string): ReadonlyMap<string, string> =>
  new Map(
    entries
      .trim()
      .split(/\s+/)
      .map(entry => [entry.replace(/[A-Z]+$/, ''), /[A-Z]+$/.exec(entry)?.[0] ?? '']),
  )

/** Characters whose usual readings begin with different letters, the commonest reading first; and rare ones that the order of CLDR lacks. */
const polyphones = table(`
  阿AE 扒BP 耙PB 膀BP 磅BP 堡BP 辟PB 扁BP 便BP 泊BP 薄BM 参CS 藏CZ 查CZ 颤CZ 长CZ 朝CZ 车CJ 乘CS 澄CD 匙CS 仇CQ 臭CX 传CZ 幢ZC 撮CZ
  单DSC 掸DS 弹TD 翟ZD 调TD 侗DT 囤TD 恶EW 番FP 繁FP 否FP 脯PF 蛤HG 给GJ 谷GY 龟GJQ 合HG 貉HM 虹HJ 会HK 稽JQ 缉JQ 奇QJ 祭JZ 贾JG 槛KJ
  见JX 将JQ 降JX 缴JZ 剿JC 解JX 芥JG 咀JZ 浚JX 咖KG 卡KQ 咯KGL 扛KG 壳KQ 咳KH 吭KH 溃KH 括KG 乐LY 率LS 纶LG 蔓MW 么MY 秘MB 泌MB 尿NS
  弄NL 疟NY 哦OE 刨PB 炮PB 屏PB 埔PB 曝PB 瀑PB 栖QX 契QX 铅QY 乾QG 强QJ 鞘QS 茄QJ 区QO 圈QJ 券QX 刹CS 裳SC 石SD 省SX 盛SC 食SY 识SZ
  属SZ 伺SC 宿SX 提TD 屯TZ 宛WY 万WM 尾WY 蔚WY 尉WY 涡WG 系XJ 虾XH 厦SX 吓XH 纤XQ 巷XH 校XJ 邪XY 行XH 畜CX 叶YX 吁XY 攒ZC 曾ZC 轧ZYG
  栅ZS 粘ZN 召ZS 折ZS 殖ZS 峙ZS 种ZC 重ZC 椎ZC 伽JQG 俟SQ 莘SX 荥XY 荨QX 茜QX 圩WX 坻DC 莞GW 菀WY 葚SR 蕃FB 拗AN 叨DT 喋DZ 喔WO 峒DT
  峤QJ 彷PF 阚KH 沌DZ 泷LS 浒HX 渑MS 湫QJ 溱ZQ 澹DT 骀DT 骠BP 玢BF 玟MW 栎LY 栝GK 椹SZ 楂ZC 炅JG 姣JX 澍SZ 焘TD 锬TX 悝KL 晟SC 犍JQ
  歙SX 禅CS 沓TD 钿DT 铛DC 铤TD 铫YDT 镡TCX 鹄HG 裨BP 覃QT 颉XJ 筠YJ 蹊XQ 靓LJ 鹘HG 鲭QZ 钯BP 佴EN 乜MN 丌QJ 荑TY 𠮷J
`)

/** Family names with readings of their own, that one first; the character's other readings count too. */
const surnames = table(`
  曾Z 单S 解X 仇Q 区O 查Z 翟Z 盖G 乐YL 尉WY 长Z 万W 覃QT 缪M 种C 折S 召S 员Y 秘B 冼X 洗XS 盛S 车C 石S 贾J 沈S 祭Z 隗WK 郇XH 谌CS 郗XC 郄QX 宿S
  莘SX 适KS 能N 繁P 番P 藏Z 句G 都D 朴P 撒S 钭TD 逢PF 佴N 费FB 阚K 瞿Q 於Y 俞YS 晟C 重C 泷L 宓MF 乜N 丌Q 尉迟YC 长孙ZS 万俟MQ 单于CY 澹台TT 乐正YZ
`)

function usualLetter(character: string): string {
  let found = ''
  for (const [at, first] of [...firstOfLetter].entries()) {
    if (pinyinOrder.compare(character, first) < 0) break
    found = letters.charAt(at)
  }
  return found
}

const together = (...choices: readonly string[]): string => [...new Set(choices.join(''))].join('')

/**
 * The first letters of every usual reading of each Chinese character of a name, in its order: ZC, G and H for 曾国华. The likeliest is first, which at the
 * head of a name is the reading as a family name.
 */
export function letterChoices(name: string): string[] {
  const characters = [...name].filter(character => /\p{Script=Han}/u.test(character))
  const compound = surnames.get(characters.slice(0, 2).join('')) ?? ''
  return characters.map((character, place) => {
    const usual = polyphones.get(character) ?? usualLetter(character)
    if (compound !== '' && place < 2) return together(compound.charAt(place), usual)
    return place === 0 ? together(surnames.get(character) ?? '', usual) : usual
  })
}
