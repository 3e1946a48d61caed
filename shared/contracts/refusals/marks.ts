/** Refusals about notes that are shared and about formal comments. */
export const markRefusals = {
  'marks.withOneself': { vi: 'Bạn không cần chia sẻ ghi chú với chính mình.', en: 'There is no need to share notes with yourself.' },
  'marks.cannotSee': { vi: 'Có người được chọn không được xem tài liệu này.', en: 'Somebody chosen may not see this paper.' },
  'marks.unchanged': { vi: 'Ghi chú đang được chia sẻ đúng như vậy.', en: 'The notes are shared like that already.' },
  'comments.unknown': { vi: 'Không tìm thấy góp ý này.', en: 'There is no such comment.' },
  'comments.noSuchPlace': { vi: 'Tài liệu không có trang hoặc bản này.', en: 'The paper has no such page or version.' },
  'comments.tooMany': { vi: 'Số góp ý đã đạt giới hạn {most}.', en: 'There are {most} comments already, which is the most.' },
  'comments.withdrawn': { vi: 'Góp ý này đã được rút.', en: 'This comment has been withdrawn.' },
  'comments.answered': { vi: 'Góp ý đã được trả lời nên không rút được nữa.', en: 'The comment has been answered and can no longer be withdrawn.' },
  'comments.disclosed': { vi: 'Góp ý này đã được công khai trong cuộc họp.', en: 'This comment is open to the meeting already.' },
} as const
