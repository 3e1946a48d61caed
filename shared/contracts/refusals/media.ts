/** Refusals of the media room; each is given by a rule in shared/media/rules.ts. */
export const mediaRefusals = {
  'media.notHeld': { vi: 'Cầu truyền hình chỉ mở từ khi họp được công bố đến khi kết thúc.', en: 'The video bridge is open from the publishing of the meeting to its end.' },
  'media.notReady': { vi: 'Máy chủ chưa sẵn sàng truyền hình. Mọi việc khác của cuộc họp vẫn dùng được.', en: 'The hub has no video at the moment. Everything else in the meeting works.' },
  'media.codeWrong': { vi: 'Mã điểm cầu không đúng.', en: 'The code of the site is not right.' },
  'media.codeWait': { vi: 'Đã nhập sai nhiều lần. Hãy đợi một phút rồi nhập lại.', en: 'Too many wrong codes. Wait a minute and try again.' },
  'media.alreadyJoined': { vi: 'Màn hình này đã nối vào cầu truyền hình.', en: 'This screen has joined the video bridge already.' },
  'media.roomTaken': { vi: 'Điểm cầu này đã có thiết bị phòng họp khác đang nối.', en: 'Another room endpoint of this site is connected.' },
  'media.removed': { vi: 'Chủ tọa đã đưa điểm này ra khỏi cầu truyền hình.', en: 'The chair has removed this place from the video bridge.' },
  'media.unknown': { vi: 'Đường truyền hình ảnh này không còn nữa.', en: 'This media connection does not exist any more.' },
  'media.besideEndpoint': { vi: 'Phòng đã có thiết bị chung nên máy tính bảng không mở micrô và camera.', en: 'The room has its own endpoint, so tablets there open no microphone or camera.' },
  'media.notGranted': { vi: 'Chưa được mời phát biểu nên chưa mở được thiết bị này.', en: 'This cannot be opened before the floor is given.' },
  'media.sourceTaken': { vi: 'Nguồn này đang được truyền.', en: 'This source is being sent already.' },
  'media.tooMany': { vi: 'Mỗi màn hình mở tối đa {most} đường truyền.', en: 'A screen opens at most {most} media connections.' },
  'media.tokenUnknown': { vi: 'Mã kết nối không đúng.', en: 'The access token is not valid.' },
  'media.tokenExpired': { vi: 'Mã kết nối đã hết hạn.', en: 'The access token has expired.' },
  'media.tokenElsewhere': { vi: 'Mã kết nối được cấp cho điểm cầu hoặc chiều truyền khác.', en: 'The access token is for another site or direction.' },
} as const
