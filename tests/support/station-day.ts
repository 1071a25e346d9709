import { memberOf } from './station-house.ts'

const home = (city: string, province: string) => ({ household: { city, province } })
export const hefei = memberOf(1, '陈桂英', {
  categories: [{ id: 'childless' }, { id: 'empty_nest' }],
  ...home('HF', '安徽省'),
})
export const insured = memberOf(2, '王秀兰', { careGrade: 4, categories: [{ id: 'disability_severe' }] })
export const zhejiang = memberOf(3, '李凤珍', {
  categories: [{ id: 'poor' }, { id: 'disabled' }],
  ...home('HUZ', 'ZJ'),
})
export const voucher = memberOf(4, '张玉梅', { categories: [{ id: 'disability_moderate' }] })
export const another = memberOf(5, '赵淑芬', { categories: [{ id: 'disability_moderate' }] })
export const nobody = memberOf(6, '孙月娥', {})
export const people = [hefei, insured, zhejiang, voucher, another, nobody]
export const day = '2026-11-25'

/** What was ordered ahead, and by hand what each fund pays of it and the senior themselves (fen). */
export const orders = [
  { order: 'o-01', at: '08:00', of: hefei, service: 'cleaning', by: 'wu-cuilan', until: '09:00', city: 4000, own: 0 },
  {
    order: 'o-02',
    at: '08:10',
    of: insured,
    service: 'home-care',
    by: 'zheng-xiuying',
    until: '09:10',
    ltci: 5850,
    own: 650,
  },
  {
    order: 'o-03',
    at: '08:15',
    of: zhejiang,
    service: 'bathing',
    by: 'jiang-min',
    until: '08:56',
    public: 5400,
    collective: 2160,
    charity: 2160,
    family: 1080,
    own: 0,
  },
  {
    order: 'o-04',
    at: '09:15',
    of: hefei,
    service: 'rehab-exercise',
    by: 'jiang-min',
    until: '09:45',
    city: 8000,
    own: 0,
  },
  {
    order: 'o-05',
    at: '09:30',
    of: voucher,
    service: 'bathing',
    by: 'zheng-xiuying',
    until: '10:05',
    state: 4800,
    own: 7200,
  },
  {
    order: 'o-06',
    at: '10:30',
    of: insured,
    service: 'bathing',
    by: 'wu-cuilan',
    until: '11:15',
    state: 4800,
    own: 7200,
  },
  {
    order: 'o-07',
    at: '11:00',
    of: zhejiang,
    service: 'medical-escort',
    by: 'feng-yu',
    until: '12:00',
    public: 3600,
    collective: 1440,
    charity: 1440,
    family: 720,
    own: 0,
  },
  {
    order: 'o-08',
    at: '11:10',
    of: voucher,
    service: 'mobility',
    by: 'xu-guoqiang',
    until: '11:50',
    state: 1200,
    own: 1800,
  },
  {
    order: 'o-09',
    at: '13:00',
    of: hefei,
    service: 'window-cleaning',
    by: 'wu-cuilan',
    until: '14:00',
    city: 5000,
    own: 0,
  },
  { order: 'o-10', at: '13:10', of: nobody, service: 'laundry', by: 'xu-guoqiang', until: '13:40', own: 2000 },
  {
    order: 'o-11',
    at: '14:01',
    of: another,
    service: 'meal-help',
    by: 'feng-yu',
    until: '14:30',
    state: 600,
    own: 900,
  },
  {
    order: 'o-12',
    at: '14:30',
    of: voucher,
    service: 'rehab-massage',
    by: 'zheng-xiuying',
    until: '15:05',
    state: 2400,
    own: 3600,
  },
] as const
export const walkIns = [
  { at: '15:10', of: hefei, service: 'meal-help', by: 'wu-cuilan', until: '15:40', city: 1500, own: 0 },
  { at: '15:20', of: another, service: 'emergency', by: 'xu-guoqiang', until: '15:50', state: 2000, own: 3000 },
] as const
/** The sum of each fund's column above. */
export const table = {
  charity: 3600,
  city: 18500,
  collective: 3600,
  family: 1800,
  ltci: 5850,
  public: 9000,
  state: 15800,
}
