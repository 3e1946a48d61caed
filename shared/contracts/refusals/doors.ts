/** Refusals of the doors for equipment that is no browser page of ours: WHIP, WHEP and cameras. */
export const doorRefusals = {
  'media.tokenMissing': { vi: 'Thiếu mã kết nối (Authorization: Bearer …).', en: 'The access token is missing (Authorization: Bearer …).' },
  'media.tokensTooMany': { vi: 'Cuộc họp có tối đa {most} mã kết nối. Hãy thu hồi mã không còn dùng.', en: 'A meeting has at most {most} access tokens. Revoke those that are not needed any more.' },
  'media.siteUnknown': { vi: 'Cuộc họp không có điểm cầu này.', en: 'The meeting does not have this site.' },
  'media.doorTaken': { vi: 'Mã kết nối này đang được một thiết bị khác dùng.', en: 'Another device is using this access token.' },
  'media.sdpUnfit': { vi: 'Bản mô tả phiên SDP không dùng được ({part}).', en: 'The session description (SDP) cannot be used ({part}).' },
  'media.sdpNoCodec': { vi: 'Thiết bị không dùng chung bộ mã nào với cầu truyền hình (Opus, VP8, H.264 Constrained Baseline).', en: 'The device shares no codec with the video bridge (Opus, VP8, H.264 Constrained Baseline).' },
  'media.methodNotAllowed': { vi: 'Địa chỉ này không nhận phương thức ấy.', en: 'This address does not take that method.' },
  'media.preconditionMissing': { vi: 'Thiếu tiêu đề If-Match.', en: 'The If-Match header is missing.' },
  'media.preconditionFailed': { vi: 'Phiên ICE đã đổi, If-Match không còn đúng.', en: 'The ICE session has changed; If-Match does not fit any more.' },
} as const
