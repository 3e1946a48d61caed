import type { Random } from './random.ts'

const subjects = ['Uỷ ban nhân dân tỉnh', 'Hội đồng nhân dân tỉnh', 'Sở Tài chính', 'Sở Khoa học và Công nghệ', 'Uỷ ban nhân dân cấp xã', 'Thường trực Uỷ ban',
  'Ban Quản lý dự án', 'Sở Nông nghiệp và Môi trường', 'các sở, ban, ngành', 'Trung tâm Phục vụ hành chính công', 'Chủ tịch Uỷ ban nhân dân các xã, phường']
const verbs = ['khẩn trương hoàn thành', 'tiếp tục đẩy mạnh', 'chủ trì, phối hợp rà soát', 'tổ chức thực hiện', 'báo cáo kết quả', 'nghiêm túc triển khai',
  'tập trung tháo gỡ khó khăn trong', 'kiểm tra, đôn đốc', 'đề xuất giải pháp thúc đẩy', 'chịu trách nhiệm về tiến độ']
const objects = ['giải ngân vốn đầu tư công', 'cải cách thủ tục hành chính', 'Chương trình chuyển đổi số cấp xã', 'dự toán ngân sách năm 2027', 'công tác phòng, chống thiên tai',
  'kế hoạch sử dụng đất', 'các chỉ tiêu kinh tế - xã hội', 'việc sắp xếp đơn vị hành chính', 'dự thảo Nghị quyết', 'quy hoạch vùng nguyên liệu', 'các dự án hạ tầng giao thông']
const ends = ['trước ngày 15 tháng 12 năm 2026', 'theo đúng quy định của pháp luật', 'bảo đảm chất lượng, hiệu quả', 'trong quý IV năm 2026', 'trên địa bàn tỉnh',
  'gắn với trách nhiệm của người đứng đầu', 'phục vụ người dân và doanh nghiệp tốt hơn', 'đạt 87,6% kế hoạch, tăng 6,4% so với cùng kỳ']

/** One sentence as an office writes it. */
export function sentence(random: Random): string {
  const subject = random.pick(subjects)
  return `${subject[0]?.toUpperCase()}${subject.slice(1)} ${random.pick(verbs)} ${random.pick(objects)} ${random.pick(ends)}.`
}

export function paragraph(random: Random): string {
  return Array.from({ length: 3 + random.below(4) }, () => sentence(random)).join(' ')
}

export function heading(random: Random, number: number): string {
  const object = random.pick(objects)
  return `${number}. ${object[0]?.toUpperCase()}${object.slice(1)}`
}
