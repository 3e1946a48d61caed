/** Marking papers: tools, layers, notes, formal comments. */
export default {
  tools: 'Công cụ ghi chú',
  tool: { pen: 'Bút', highlighter: 'Tô sáng', note: 'Lời ghi', eraser: 'Tẩy' },
  toolShort: { pen: 'Bút', highlighter: 'Tô', note: 'Ghi', eraser: 'Tẩy' },
  more: 'Thêm', undo: 'Hoàn tác', redo: 'Làm lại', done: 'Xong', you: 'bạn',
  colour: 'Màu',
  colours: { blue: 'Xanh', red: 'Đỏ', black: 'Đen', yellow: 'Vàng', green: 'Lục', pink: 'Hồng' },
  hint: {
    pen: 'Viết hoặc vẽ lên trang bằng bút; dùng ngón tay để cuộn trang.', highlighter: 'Kéo bút trên chữ cần tô; bằng ngón tay thì giữ lâu rồi kéo.',
    note: 'Chạm vào chỗ cần ghi trên trang.', eraser: 'Chạm vào nét cần xóa.', placing: 'Chạm vào chỗ đặt ghi chú trên trang.', none: 'Chọn một công cụ để ghi chú.',
    text: 'Chọn chữ, hoặc chạm vào một đoạn, để tô sáng hay ghi lời.',
  },
  firstHint: 'Muốn đánh dấu? Giữ tay trên chữ để tô sáng, hoặc bấm “{button}” ở trên để viết và vẽ.',
  fingerDraws: 'Vẽ bằng ngón tay',
  fingerQuestion: 'Bạn muốn vẽ bằng ngón tay? Khi đó, dùng hai ngón để cuộn trang.',
  fingerYes: 'Vẽ bằng ngón tay', fingerNo: 'Không, để cuộn trang',
  saved: { saved: 'Đã lưu', saving: 'Đang lưu…', onDevice: 'Đã lưu trên máy này, chờ mạng để gửi', offline: 'Chưa lưu: mất mạng, xin đừng đóng trang', dropped: 'Không lưu được: bạn không còn quyền ghi' },
  layer: {
    private: { name: 'Riêng tôi', button: 'Riêng tôi', short: 'riêng tôi', who: 'Chỉ mình bạn xem được, chủ tọa và thư ký cũng không.' },
    shared: { name: 'Chia sẻ với một số người', button: 'Chia sẻ', short: 'chia sẻ', who: 'Những người bạn chọn xem được.' },
    meeting: { name: 'Cả cuộc họp', button: 'Cả cuộc họp thấy', short: 'cả cuộc họp', who: 'Mọi người được xem tài liệu này đều thấy, có tên bạn.' },
  },
  layers: {
    title: 'Ai thấy ghi chú của bạn?', text: 'Áp dụng cho ghi chú từ lúc này. Ghi chú đã có giữ nguyên.', people: 'Chia sẻ với', find: 'Tìm người (không cần gõ dấu)',
    everybody: 'Mọi nét vẽ và lời ghi từ lúc này sẽ hiện trên máy của mọi người.', choose: 'Chọn: {layer}',
  },
  openNote: 'Lời ghi của bạn ({layer}): {text}', openNoteOf: 'Lời ghi của {name}: {text}', openComment: 'Góp ý của {name}',
  tombstone: '{name} đã rút ghi chú',
  note: { title: 'Lời ghi của bạn', of: 'Lời ghi của {name}', text: 'Nội dung', remove: 'Xóa lời ghi', done: 'Xong' },
  inText: {
    own: 'Lời ghi của bạn ({layer})', ink: 'Có nét vẽ ở đoạn này ({label})', wash: 'Có chỗ tô sáng ở đoạn này', onPage: 'xem trên trang',
  },
  choice: {
    title: 'Ghi chú vào chữ đã chọn', note: 'Lời ghi', remove: 'Bỏ tô sáng',
    done: { private: 'Đã tô sáng. Chỉ mình bạn thấy.', shared: 'Đã tô sáng cho những người bạn chia sẻ.', meeting: 'Đã tô sáng cho cả cuộc họp thấy.' },
  },
  list: {
    button: 'Danh sách', title: 'Ghi chú trên tài liệu', mine: 'Của tôi ({count})', others: 'Của người khác ({count})', none: 'Bạn chưa ghi chú gì', noneText: 'Chọn Bút, Tô sáng hoặc Lời ghi rồi chạm vào trang.',
    page: 'Trang {page}', ink: 'Nét vẽ', inkAt: 'Nét vẽ ở “{text}”', showOthers: 'Hiện ghi chú của người khác',
    copyShared: 'Chép sang phần chia sẻ', copyMeeting: 'Chép cho cả cuộc họp', takeBack: 'Rút lại', remove: 'Xóa', removeThis: 'Xóa: {text}',
  },
  tray: {
    title: 'Ghi chú chưa đặt được', text: 'Tài liệu có bản mới và không tìm thấy chỗ của những ghi chú này.', count: '{count} ghi chú chưa đặt được',
    was: 'Bản trước: trang {page}', place: 'Đặt vào trang', dismiss: 'Bỏ ghi chú này',
  },
  comment: {
    submit: 'Gửi thành góp ý chính thức', title: 'Góp ý chính thức ({count})', closed: 'Chủ tọa, thư ký và người góp ý thấy', disclosed: 'Cả cuộc họp thấy', withdrawn: 'Đã rút',
    place: 'Trang {page}, bản {version}', withdraw: 'Rút góp ý', disclose: 'Công khai trong cuộc họp', answer: 'Trả lời', answerText: 'Nội dung trả lời', verdictLabel: 'Ý kiến xử lý', send: 'Gửi trả lời',
    verdict: { accepted: 'Tiếp thu.', explained: 'Giải trình.', noted: 'Ghi nhận.' },
  },
  export: { button: 'Tải về kèm ghi chú', suffix: ' (kèm ghi chú).pdf', locked: 'Tệp có mật khẩu hoặc bị khóa, không thêm ghi chú vào được.', unreadable: 'Không tạo được tệp kèm ghi chú.' },
}
