const skin = '#EFC9A4'
const shade = '#D9A67C'
const hair = '#8C8880'
const lineColour = '#453F35'

function Woman() {
  return (
    <>
      <circle cx="56" cy="18" r="11" fill={hair} />
      <path d="M28 50c-2-21 11-32 28-32s30 11 28 32c-1 12-4 19-8 22H36c-4-3-7-10-8-22z" fill={hair} />
      <path d="M12 112c2-22 16-33 44-33s42 11 44 33z" fill="#A9502F" />
      <path d="M47 70h18v13c-4 7-14 7-18 0z" fill={shade} />
      <path d="M34 49c0-13 9-20 22-20s22 7 22 20c0 16-9 28-22 28S34 65 34 49z" fill={skin} />
      <path d="M33 47c9-2 19-7 23-16 4 9 14 14 23 16 1-14-8-23-23-23s-24 9-23 23z" fill={hair} />
      <path d="M43 81l13 10 13-10 4 4-13 13h-8L39 85z" fill="#FFFDF9" />
      <circle cx="40" cy="58" r="4.5" fill="#E5A98A" />
      <circle cx="72" cy="58" r="4.5" fill="#E5A98A" />
      <path
        d="M43 50c2-3 6-3 8 0M61 50c2-3 6-3 8 0M48 63c4 5 12 5 16 0M56 53v4"
        stroke={lineColour}
        strokeWidth="2.2"
        strokeLinecap="round"
        fill="none"
      />
    </>
  )
}

function Man() {
  return (
    <>
      <path d="M12 112c2-22 16-33 44-33s42 11 44 33z" fill="#6E8FB4" />
      <path d="M47 70h18v13c-4 7-14 7-18 0z" fill={shade} />
      <path d="M33 47c0-15 9-23 23-23s23 8 23 23c0 17-9 31-23 31S33 64 33 47z" fill={skin} />
      <path d="M31 48c-3-20 9-30 25-30s28 10 25 30c-2-8-5-13-9-15-10 3-22 3-32 0-4 2-7 7-9 15z" fill="#A9A59C" />
      <path d="M43 81l13 10 13-10 4 4-13 13h-8L39 85z" fill="#FFFDF9" />
      <circle cx="46" cy="50" r="7" fill="#FFFDF9" fillOpacity="0.5" stroke={lineColour} strokeWidth="2" />
      <circle cx="66" cy="50" r="7" fill="#FFFDF9" fillOpacity="0.5" stroke={lineColour} strokeWidth="2" />
      <path
        d="M53 50h6M44.5 50.5c1-1 2-1 3 0M64.5 50.5c1-1 2-1 3 0M48 65c4 4 12 4 16 0M56 54v5"
        stroke={lineColour}
        strokeWidth="2.2"
        strokeLinecap="round"
        fill="none"
      />
    </>
  )
}

function Anybody() {
  return (
    <>
      <path d="M12 112c2-22 16-33 44-33s42 11 44 33z" fill="#C9BDA5" />
      <circle cx="56" cy="48" r="25" fill="#DDD2BC" />
    </>
  )
}

/** A drawing that stands for a person: it follows the sex alone, never a category, and nobody is recognised by it. */
export function Portrait({ sex }: { sex: 'female' | 'male' | null }) {
  return (
    <svg viewBox="0 0 112 112" style={{ width: '100%', height: '100%', display: 'block' }} aria-hidden="true">
      <rect width="112" height="112" fill={sex === 'female' ? '#DDE7F2' : '#EAE2D2'} />
      {sex === 'female' ? <Woman /> : sex === 'male' ? <Man /> : <Anybody />}
    </svg>
  )
}
