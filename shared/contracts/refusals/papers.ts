/** Refusals about files that become papers. */
export const paperRefusals = {
  'papers.empty': { vi: 'Tệp rỗng (0 byte). Xin chọn lại tệp.', en: 'The file is empty (0 bytes). Please choose another file.' },
  'papers.notPdf': {
    vi: 'Tệp này không phải là PDF. Xin xuất văn bản ra PDF rồi tải lên lại.',
    en: 'This file is not a PDF. Please export the document as PDF and upload it again.',
  },
  'papers.truncated': {
    vi: 'Tệp PDF bị thiếu phần cuối, có thể do sao chép hoặc tải về chưa xong. Xin lấy lại tệp đầy đủ.',
    en: 'The end of this PDF is missing, perhaps because a copy or download was cut off. Please get the whole file again.',
  },
  'papers.unreadable': {
    vi: 'Tệp PDF bị hỏng, không đọc được. Xin xuất lại tệp từ văn bản gốc.',
    en: 'This PDF is damaged and cannot be read. Please export it again from the original document.',
  },
  'papers.noPages': { vi: 'Tệp PDF không có trang nào.', en: 'This PDF has no pages.' },
  'papers.encrypted': {
    vi: 'Tệp PDF có mật khẩu. Xin bỏ mật khẩu rồi tải lên lại.',
    en: 'This PDF asks for a password. Please remove the password and upload it again.',
  },
  'papers.unknownKind': {
    vi: 'Nội dung tệp không phải loại tài liệu nhận được. Xin tải lên PDF, Word, Excel, PowerPoint, OpenDocument, RTF hoặc ảnh (JPEG, PNG, WebP, TIFF).',
    en: 'The content of this file is not of a kind that is taken. Please upload PDF, Word, Excel, PowerPoint, OpenDocument, RTF or a picture (JPEG, PNG, WebP, TIFF).',
  },
  'papers.twoKinds': {
    vi: 'Tệp vừa là PDF vừa là loại tệp khác, nên không được nhận. Xin xuất lại PDF từ văn bản gốc.',
    en: 'This file is a PDF and something else at once, and is not taken. Please export the PDF again from the original document.',
  },
  'papers.damaged': {
    vi: 'Tệp bị hỏng hoặc thiếu phần cuối, không mở được. Xin lấy lại tệp đầy đủ.',
    en: 'The file is damaged or its end is missing, and it cannot be opened. Please get the whole file again.',
  },
  'papers.password': {
    vi: 'Tệp có mật khẩu. Xin bỏ mật khẩu rồi tải lên lại.',
    en: 'The file has a password. Please remove the password and upload it again.',
  },
  'papers.overfull': {
    vi: 'Tệp nén chứa nhiều dữ liệu bất thường, có thể gây treo máy, nên không được mở.',
    en: 'The file unpacks to an abnormal amount of data, which could stall the hub, so it was not opened.',
  },
  'papers.unsafeZip': {
    vi: 'Cấu trúc bên trong tệp không an toàn (tên phần trùng nhau hoặc trỏ ra ngoài tệp). Xin lưu lại tệp bằng chương trình soạn thảo.',
    en: 'The inner structure of this file is unsafe (parts with the same name, or names that point outside). Please save it again in an office program.',
  },
  'papers.cannotConvert': {
    vi: 'Không chuyển được tệp này sang PDF. Xin mở tệp, xuất ra PDF rồi tải bản PDF lên.',
    en: 'This file could not be converted to PDF. Please open it, export it as PDF and upload that.',
  },
  'papers.conversionTooHeavy': {
    vi: 'Chuyển tệp này sang PDF tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng. Xin xuất ra PDF từ máy của bạn rồi tải bản PDF lên.',
    en: 'Converting this file took too much time or memory and was stopped. Please export it as PDF on your computer and upload that.',
  },
  'papers.noConverter': {
    vi: 'Máy chủ này chưa cài LibreOffice nên chỉ nhận PDF và ảnh. Xin xuất văn bản ra PDF, hoặc nhờ quản trị viên cài: {packages}.',
    en: 'LibreOffice is not installed on this hub, so it takes PDF and pictures only. Please export the document as PDF, or ask the administrator to install: {packages}.',
  },
  'papers.pictureTooLarge': {
    vi: 'Ảnh có quá nhiều điểm ảnh hoặc quá nhiều trang (giới hạn {megapixels} triệu điểm ảnh, {pages} trang). Xin giảm kích thước ảnh.',
    en: 'The picture has too many pixels or pages (the limit is {megapixels} million pixels, {pages} pages). Please make it smaller.',
  },
  'papers.pictureDamaged': {
    vi: 'Ảnh bị hỏng hoặc thiếu phần cuối, không đọc được. Xin chụp hoặc quét lại.',
    en: 'The picture is damaged or its end is missing. Please take or scan it again.',
  },
  'papers.tooLarge': {
    vi: 'Tệp vượt quá giới hạn {limit} MB.',
    en: 'The file is larger than the limit of {limit} MB.',
  },
  'papers.tooComplex': {
    vi: 'Tệp PDF quá phức tạp để kiểm tra trong thời gian cho phép. Xin in lại văn bản ra PDF rồi tải lên.',
    en: 'This PDF is too complex to be checked in the time allowed. Please print the document to PDF again and upload that.',
  },
  'papers.secret': {
    vi: 'Tài liệu có dấu độ mật {level}. Tài liệu thuộc bí mật nhà nước không được đưa lên hệ thống này.',
    en: 'This paper bears the secrecy mark {level}. State secrets must not be put on this system.',
  },
  'papers.badName': {
    vi: 'Tên tệp trống hoặc dài quá 255 byte. Xin đổi tên tệp ngắn hơn.',
    en: 'The file name is blank or longer than 255 bytes. Please give it a shorter name.',
  },
  'papers.uploadIncomplete': {
    vi: 'Đường truyền bị ngắt khi đang tải lên; máy chủ đã giữ {held} byte. Xin tải tiếp.',
    en: 'The line was cut during the upload; the hub holds {held} bytes. Please continue.',
  },
  'papers.uploadGap': {
    vi: 'Phần gửi lên không nối tiếp phần máy chủ đang giữ ({held} byte).',
    en: 'What was sent does not join on to the {held} bytes that the hub holds.',
  },
  'papers.uploadBusy': { vi: 'Tệp này đang được tải lên từ nơi khác.', en: 'This file is being uploaded from elsewhere.' },
  'papers.tooManyUploads': {
    vi: 'Bạn đang có quá nhiều tệp tải lên dở dang. Xin chờ tải xong rồi tải tiếp.',
    en: 'You have too many unfinished uploads. Please let them end before starting another.',
  },
  'papers.noOriginal': { vi: 'Tài liệu này không còn giữ tệp gốc. Xin tải bản PDF.', en: 'No original file is kept of this paper. Please download the PDF.' },
  'papers.cannotStamp': {
    vi: 'Không in chìm được tên người tải vào tệp này, nên không tải về được. Xin đọc tài liệu trong cuộc họp hoặc hỏi thư ký.',
    en: 'Your name could not be put across the pages of this file, so it cannot be downloaded. Please read it in the meeting or ask the secretary.',
  },
  'papers.bookChanged': {
    vi: 'Tài liệu hoặc quyền tải của bạn vừa thay đổi trong lúc ghép tập. Xin tải lại.',
    en: 'The papers, or what you may download of them, changed while the book was being bound. Please try again.',
  },
  'papers.cannotBind': {
    vi: 'Không ghép được tài liệu của cuộc họp thành một tập. Xin tải từng tài liệu.',
    en: 'The papers of this meeting could not be bound into one book. Please download them one by one.',
  },
  'papers.rangeNotSatisfiable': { vi: 'Phần được yêu cầu nằm ngoài tệp.', en: 'The part asked for lies outside the file.' },
} as const

export type PaperRefusalCode = keyof typeof paperRefusals
