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
  'papers.rangeNotSatisfiable': { vi: 'Phần được yêu cầu nằm ngoài tệp.', en: 'The part asked for lies outside the file.' },
} as const

export type PaperRefusalCode = keyof typeof paperRefusals
