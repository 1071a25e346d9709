import { type Problem, words } from './words.ts'

/** Words about faces: comparing, enrolling, what staff decide. */
export const facesProblems = {
  FACE_ENGINE_MISSING: {
    staff: words('人脸比对用不了，缺少程序文件', 'Comparing faces cannot start: files of the program are missing'),
    senior: words('请用社会保障卡或长者码', 'Please use the card or the elder code'),
    next: words('刷卡或扫码；请重新安装程序', 'Use card or code; install the program again'),
  },
  FACE_ENGINE_LOST: {
    staff: words('人脸比对中断了', 'Comparing faces was interrupted'),
    senior: words('请用社会保障卡或长者码', 'Please use the card or the elder code'),
    next: words('再试一次，或刷卡、扫码', 'Try once more, or use card or code'),
  },
  FACE_MODEL_BAD: {
    staff: words(
      '自带的人脸模型和说明不全或不配：{detail}',
      'The own face model and its manifest do not fit: {detail}',
    ),
    senior: null,
    next: words('改正说明文件，或用程序自带的模型', 'Correct the manifest, or use the shipped model'),
  },
  FACE_MODEL_CHANGED: {
    staff: words('自带的人脸模型和登记的不是同一个文件', 'The own face model is not the file that its manifest names'),
    senior: null,
    next: words('换回原来的文件，或重新核对它的来源', 'Put the right file back, or check where it is from'),
  },
  FACE_OFF: {
    staff: words('本点没有开通人脸', 'Faces are off at this site'),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('用卡、码或姓名', 'Use card, code or name'),
  },
  FACE_NOT_ALLOWED: {
    staff: words('平台还没有准许本站点用人脸', 'The province has not allowed faces at this site'),
    senior: null,
    next: words('请主管部门先评估、再开通', 'The bureau assesses it first, then allows it'),
  },
  FACE_NO_MATCH: {
    staff: words('两次没认准，请用卡、码或姓名', 'No match after two tries: use card, code or name'),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('刷卡、扫码，或按 / 报姓名', 'Card, code, or / for the name'),
  },
  FACE_TRY_AGAIN: {
    staff: words('这次没认准，可再看一次镜头', 'Not sure yet: one more look is possible'),
    senior: words('请再看一次圆圈', 'Please look at the circle once more'),
    next: words('再看一次，或用卡、码、姓名', 'Look again, or use card, code or name'),
  },
  FACE_NO_TURN: {
    staff: words('这次没看清转头，请核对本人', 'No turn of the head seen: compare the person'),
    senior: words('没关系，请刷卡或扫码', 'Never mind: card or code will do'),
    next: words('用卡、码或姓名，也可再看一次', 'Card, code or name, or one more look'),
  },
  FACE_NOT_ENROLLED: {
    staff: words('没开通人脸，用卡、码或姓名', 'Face not enrolled: use card, code or name'),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('用卡、码或姓名', 'Use card, code or name'),
  },
  FACE_ENGINE_DIFFERS: {
    staff: words('人脸模型换过了，要重新采集', 'The face model is another one now: enrol again'),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('先用卡、码或姓名；有空重新采集', 'Card, code or name now; enrol again later'),
  },
  FACE_ONLY_WITH_OTHER: {
    staff: words(
      '这里不能在全部会员里找一张脸，先刷卡、扫码或报姓名',
      'One face is not looked for among all members here: card, code or name first',
    ),
    senior: words('请刷卡或扫码', 'Please use the card or the code'),
    next: words('找到这位以后，再按 F1 看镜头', 'Then F1 compares the face'),
  },
  FACE_STAFF_COMPARES: {
    staff: words('像，但不够准，请核对本人', 'Alike, but not sure enough: compare the person'),
    senior: null,
    next: words('核对本人，或用卡、码', 'Compare the person, or use card or code'),
  },
  FACE_DIFFERS: {
    staff: words('脸和登记的不太一样，请核对本人', 'The face is not much alike, compare the person'),
    senior: null,
    next: words('换了发型、眼镜也会这样', 'New hair or glasses can do this'),
  },
  FACE_UNCLEAR: {
    staff: words('镜头里要有一张脸，只要一张', 'One face in the picture, and only one'),
    senior: words('请一个人看圆圈', 'One person in the circle, please'),
    next: words('再拍一次', 'Take it again'),
  },
  FACE_PHOTO_DIFFERS: {
    staff: words('这张和前面的不像同一个人，请再拍', 'This photo does not fit the ones before: take it again'),
    senior: words('请再看一次圆圈', 'Please look at the circle once more'),
    next: words('正脸、光线均匀，再拍一次', 'Face the camera in even light, and take it again'),
  },
  FACE_TRIAL_MISSED: {
    staff: words('试认没认出，还不算开通', 'The trial did not recognise the person: not enrolled yet'),
    senior: words('请再看一次圆圈', 'Please look at the circle once more'),
    next: words('再试一次，或重新采集', 'Try once more, or take the photos again'),
  },
  ENROLMENT_OVER: {
    staff: words('这次开通已结束，什么都没有存', 'This enrolment is over; nothing was stored'),
    senior: null,
    next: words('从头再来', 'Begin again'),
  },
  ENROLMENT_STEP: {
    staff: words('前面还有一步没做', 'A step before this one is missing'),
    senior: null,
    next: words('先听说明并选择，再采集、试认', 'Notice and choice first, then photos and trial'),
  },
  NOTICE_OLD: {
    staff: words('说明书换了新版，请重读第 {version} 版', 'The notice changed: read version {version}'),
    senior: null,
    next: words('读新版再选', 'Read the new one, then choose'),
  },
  CONSENT_UNFIT: {
    staff: words('先同意开通人脸，才能选别的站点', 'Other sites need the consent to the face first'),
    senior: null,
    next: words('请重新选择', 'Choose again'),
  },
  FACE_MEMBERS_ONLY: {
    staff: words('只给本站点会员开通', 'Only members of this site are enrolled here'),
    senior: null,
    next: words('请到本站点开通', 'Enrol at their own site'),
  },
  PORTRAIT_BAD: {
    staff: words('照片要小于 20 KB 的 JPEG', 'The picture must be a JPEG below 20 KB'),
    senior: null,
    next: words('再拍一张', 'Take another one'),
  },
  FACE_COUNT_HIGH: {
    staff: words(
      '本机已有 {count} 张人脸，满 {limit} 要向网信部门备案',
      '{count:face is|faces are} enrolled here; from {limit} on they are filed with the cyberspace administration',
    ),
    senior: null,
    next: words('请告知主管部门；不用的先删', 'Tell the bureau; delete what is not used'),
  },
} as const satisfies Record<string, Problem>
