/** Common family names by the first letter of their pinyin, the commonest first; those of two characters by both letters. */
const surnames: Readonly<Record<string, string>> = {
  ...{ A: '安艾敖', B: '白毕包卞柏鲍班', C: '陈曹程崔蔡常车柴楚储岑成丛池褚', D: '邓董丁杜段戴邸代窦狄党刁', E: '鄂' },
  ...{
    F: '冯范傅方樊费房符付封丰',
    G: '郭高顾龚葛耿关管古巩盖甘桂苟',
    H: '黄胡何韩贺侯洪郝霍华花',
    J: '贾江蒋金姜纪焦靳季景荆简',
  },
  ...{
    K: '孔康柯匡寇阚',
    L: '李刘林梁罗卢陆吕廖赖龙黎雷路娄凌蓝柳',
    M: '马孟毛莫苗梅穆麦闵缪',
    N: '倪宁聂牛农',
    O: '区',
  },
  ...{ P: '潘彭庞裴蒲朴皮', Q: '钱秦邱齐乔祁覃曲仇屈瞿', R: '任阮饶荣冉芮', S: '孙宋沈苏石史邵施盛单桑舒尚申司' },
  ...{
    T: '唐田谭陶汤童佟滕涂',
    W: '王吴魏汪武韦文万温翁卫邬',
    X: '徐许谢萧熊夏薛肖邢辛向解席奚',
    Y: '杨叶于余袁姚尹严易颜喻岳游俞应尤',
  },
  ...{ Z: '张赵周朱郑曾钟邹章詹左翟庄查祝' },
}
const compounds: Readonly<Record<string, readonly string[]>> = {
  ...{
    OY: ['欧阳'],
    SM: ['司马'],
    SG: ['上官'],
    ZG: ['诸葛'],
    YC: ['尉迟'],
    HF: ['皇甫'],
    ST: ['司徒'],
    MR: ['慕容'],
    LH: ['令狐'],
  },
  ...{ XH: ['夏侯'], ZS: ['长孙'], YW: ['宇文'], DF: ['东方'], GS: ['公孙'], DM: ['端木'], NG: ['南宫'] },
}

/** The family names that begin with one typed letter, or with two of a compound name. */
export function surnamesBy(letters: string): readonly string[] {
  return letters.length === 1 ? [...(surnames[letters] ?? '')] : (compounds[letters] ?? [])
}
