/** The demo's papers: file in papers/, the name an office would give it, its title, and what the inspection finds (a test compares). */
export const demoPapers = {
  invitation: { file: '01-giay-moi.pdf', name: '01-Giấy mời họp giao ban tháng 11-2026.pdf', title: 'Giấy mời họp giao ban UBND tỉnh tháng 11 năm 2026', pages: 2, hasText: true },
  programme: { file: '02-chuong-trinh.pdf', name: '02-Chương trình phiên họp.pdf', title: 'Chương trình phiên họp giao ban UBND tỉnh tháng 11 năm 2026', pages: 1, hasText: true },
  report: { file: '03-bao-cao-kinh-te-xa-hoi.pdf', name: '03-Báo cáo KT-XH tháng 11 và 11 tháng 2026.pdf', title: 'Báo cáo tình hình KT-XH, QP-AN tháng 11 và 11 tháng năm 2026', pages: 34, hasText: true },
  submission: { file: '04-to-trinh-chuyen-doi-so.pdf', name: '04-Tờ trình chính sách chuyển đổi số cấp xã.pdf', title: 'Tờ trình dự thảo Nghị quyết về chính sách hỗ trợ chuyển đổi số ở cấp xã', pages: 3, hasText: true },
  draftResolution: { file: '05-du-thao-nghi-quyet.pdf', name: '05-Dự thảo Nghị quyết HĐND.pdf', title: 'Dự thảo Nghị quyết của HĐND tỉnh về chính sách hỗ trợ chuyển đổi số ở cấp xã', pages: 3, hasText: true },
  budget: { file: '06-bieu-du-toan-2027.pdf', name: '06-Phụ lục biểu dự toán ngân sách 2027.pdf', title: 'Phụ lục: Biểu dự toán ngân sách địa phương năm 2027', pages: 7, hasText: true },
  slides: { file: '07-trinh-chieu-kinh-te-xa-hoi.pdf', name: '07-Slide báo cáo KT-XH tháng 11-2026.pdf', title: 'Bản trình chiếu: Báo cáo tóm tắt tình hình KT-XH tháng 11', pages: 14, hasText: true },
  minutes: { file: '08-bien-ban-thang-10.pdf', name: '08-Biên bản họp giao ban tháng 10-2026.pdf', title: 'Biên bản phiên họp giao ban UBND tỉnh tháng 10 năm 2026', pages: 3, hasText: true },
  opinionForm: { file: '09-phieu-lay-y-kien.pdf', name: '09-Phiếu lấy ý kiến thành viên UBND tỉnh.pdf', title: 'Phiếu lấy ý kiến thành viên UBND tỉnh đối với dự thảo Nghị quyết', pages: 1, hasText: true },
  scannedMinutes: { file: '10-bien-ban-thang-10-ban-quet.pdf', name: '10-Biên bản tháng 10 (bản quét có dấu).pdf', title: 'Biên bản phiên họp tháng 10 năm 2026 (bản quét có dấu)', pages: 3, hasText: false },
} as const

export type DemoPaperName = keyof typeof demoPapers
