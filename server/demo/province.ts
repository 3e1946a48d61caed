/**
 * The demo province Tân Giang: its offices, sites and people are invented, as are its papers; any likeness to a real
 * person is chance. Names and offices agree with the papers in papers/ (who signs, who presents, which communes take part).
 */
import type { OrganisationRole } from '../../shared/permissions/organisation.ts'

export interface DemoUnit { id: string; name: string; shortName: string }

/** In official order. */
export const units: readonly DemoUnit[] = [
  { id: 'ubnd', name: 'Ủy ban nhân dân tỉnh', shortName: 'UBND tỉnh' },
  { id: 'vpub', name: 'Văn phòng UBND tỉnh', shortName: 'VPUB' },
  { id: 'stc', name: 'Sở Tài chính', shortName: 'STC' },
  { id: 'snnmt', name: 'Sở Nông nghiệp và Môi trường', shortName: 'SNNMT' },
  { id: 'sct', name: 'Sở Công Thương', shortName: 'SCT' },
  { id: 'sxd', name: 'Sở Xây dựng', shortName: 'SXD' },
  { id: 'skhcn', name: 'Sở Khoa học và Công nghệ', shortName: 'SKHCN' },
  { id: 'sgddt', name: 'Sở Giáo dục và Đào tạo', shortName: 'SGDĐT' },
  { id: 'syt', name: 'Sở Y tế', shortName: 'SYT' },
  { id: 'svhttdl', name: 'Sở Văn hóa, Thể thao và Du lịch', shortName: 'SVHTTDL' },
  { id: 'snv', name: 'Sở Nội vụ', shortName: 'SNV' },
  { id: 'stp', name: 'Sở Tư pháp', shortName: 'STP' },
  { id: 'sngv', name: 'Sở Ngoại vụ', shortName: 'SNgV' },
  { id: 'sdttg', name: 'Sở Dân tộc và Tôn giáo', shortName: 'SDTTG' },
  { id: 'ttr', name: 'Thanh tra tỉnh', shortName: 'TTr' },
  { id: 'ca', name: 'Công an tỉnh', shortName: 'CA' },
  { id: 'bchqs', name: 'Bộ Chỉ huy Quân sự tỉnh', shortName: 'BCHQS' },
  { id: 'bqlkcn', name: 'Ban Quản lý các khu công nghiệp', shortName: 'BQLKCN' },
  { id: 'ttcds', name: 'Trung tâm Chuyển đổi số tỉnh', shortName: 'TTCĐS' },
  { id: 'hdnd', name: 'Thường trực HĐND tỉnh', shortName: 'HĐND tỉnh' },
  { id: 'mttq', name: 'Ủy ban MTTQ Việt Nam tỉnh', shortName: 'UBMTTQ' },
  { id: 'vksnd', name: 'Viện Kiểm sát nhân dân tỉnh', shortName: 'VKSND' },
  { id: 'tand', name: 'Tòa án nhân dân tỉnh', shortName: 'TAND' },
  { id: 'p-tan-giang', name: 'UBND phường Tân Giang', shortName: 'P. Tân Giang' },
  { id: 'p-binh-hoa-dong', name: 'UBND phường Bình Hòa Đông', shortName: 'P. Bình Hòa Đông' },
  { id: 'p-phu-loc', name: 'UBND phường Phú Lộc', shortName: 'P. Phú Lộc' },
  { id: 'p-cau-go', name: 'UBND phường Cầu Gỗ', shortName: 'P. Cầu Gỗ' },
  { id: 'x-giong-ong', name: 'UBND xã Giồng Ông', shortName: 'X. Giồng Ông' },
  { id: 'x-hoa-khe', name: 'UBND xã Hòa Khê', shortName: 'X. Hòa Khê' },
  { id: 'x-kenh-moi', name: 'UBND xã Kênh Mới', shortName: 'X. Kênh Mới' },
  { id: 'x-lang-sen-tay', name: 'UBND xã Láng Sen Tây', shortName: 'X. Láng Sen Tây' },
]

/** The province's own room is the main room of every meeting; these join it from afar. */
export const sites: readonly DemoUnit[] = [
  { id: 'site-tan-giang', name: 'Điểm cầu phường Tân Giang', shortName: 'Tân Giang' },
  { id: 'site-binh-hoa-dong', name: 'Điểm cầu phường Bình Hòa Đông', shortName: 'Bình Hòa Đông' },
  { id: 'site-phu-loc', name: 'Điểm cầu phường Phú Lộc', shortName: 'Phú Lộc' },
  { id: 'site-cau-go', name: 'Điểm cầu phường Cầu Gỗ', shortName: 'Cầu Gỗ' },
  { id: 'site-giong-ong', name: 'Điểm cầu xã Giồng Ông', shortName: 'Giồng Ông' },
  { id: 'site-hoa-khe', name: 'Điểm cầu xã Hòa Khê', shortName: 'Hòa Khê' },
  { id: 'site-kenh-moi', name: 'Điểm cầu xã Kênh Mới', shortName: 'Kênh Mới' },
  { id: 'site-lang-sen-tay', name: 'Điểm cầu xã Láng Sen Tây', shortName: 'Láng Sen Tây' },
]

export const mainRoom = 'Phòng họp số 1, Trụ sở UBND tỉnh, số 01 đường Bờ Sông, phường Tân Giang'

export interface DemoPerson {
  id: string
  name: string
  position: string
  unitId: string
  siteId: string | null
  /** A member of the people's committee (thành viên UBND tỉnh), who votes. */
  member: boolean
  roles: OrganisationRole[]
}

function person(id: string, name: string, position: string, unitId: string, more: Partial<DemoPerson> = {}): DemoPerson {
  return { id, name, position, unitId, siteId: null, member: false, roles: [], ...more }
}
const member = { member: true }

/** 22 members, as the minutes of October count them; then guests, the communes, and those who make the meeting run. */
export const people: readonly DemoPerson[] = [
  person('chu-tich', 'Trần Hoàng Giả Định', 'Chủ tịch UBND tỉnh', 'ubnd', member),
  person('pct-thuong-truc', 'Lương Bình An', 'Phó Chủ tịch Thường trực UBND tỉnh', 'ubnd', member),
  person('pct-van-xa', 'Đỗ Thị Hải Yến', 'Phó Chủ tịch UBND tỉnh', 'ubnd', member),
  person('pct-kinh-te', 'Huỳnh Công Trứ', 'Phó Chủ tịch UBND tỉnh', 'ubnd', member),
  person('pct-noi-chinh', 'Vũ Ngọc Khải', 'Phó Chủ tịch UBND tỉnh', 'ubnd', member),
  person('chanh-van-phong', 'Nguyễn Văn Mẫu', 'Chánh Văn phòng UBND tỉnh', 'vpub', member),
  person('gd-tai-chinh', 'Bùi Thị Thu Hà', 'Giám đốc Sở Tài chính', 'stc', member),
  person('gd-nong-nghiep', 'Trương Văn Đồng', 'Giám đốc Sở Nông nghiệp và Môi trường', 'snnmt', { ...member, siteId: 'site-giong-ong' }),
  person('gd-cong-thuong', 'Hồ Minh Trí', 'Giám đốc Sở Công Thương', 'sct', member),
  person('gd-xay-dung', 'Phan Hữu Nghĩa', 'Giám đốc Sở Xây dựng', 'sxd', member),
  person('gd-khoa-hoc', 'Ngô Quang Tuệ', 'Giám đốc Sở Khoa học và Công nghệ', 'skhcn', member),
  person('gd-giao-duc', 'Nguyễn Thị Mai Anh', 'Giám đốc Sở Giáo dục và Đào tạo', 'sgddt', member),
  person('gd-y-te', 'Lâm Quốc Dũng', 'Giám đốc Sở Y tế', 'syt', member),
  person('gd-van-hoa', 'Tô Thị Kiều Oanh', 'Giám đốc Sở Văn hóa, Thể thao và Du lịch', 'svhttdl', member),
  person('gd-noi-vu', 'Đinh Xuân Lộc', 'Giám đốc Sở Nội vụ', 'snv', member),
  person('gd-tu-phap', 'Hà Thị Ngọc Ánh', 'Giám đốc Sở Tư pháp', 'stp', member),
  person('gd-ngoai-vu', 'Cao Thị Tường Vi', 'Giám đốc Sở Ngoại vụ', 'sngv', member),
  person('gd-dan-toc', 'Thạch Minh Rạng', 'Giám đốc Sở Dân tộc và Tôn giáo', 'sdttg', member),
  person('chanh-thanh-tra', 'Châu Thành Ý', 'Chánh Thanh tra tỉnh', 'ttr', member),
  person('gd-cong-an', 'Võ Đình Sơn', 'Giám đốc Công an tỉnh', 'ca', member),
  person('chi-huy-truong', 'Lý Hùng Cường', 'Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh', 'bchqs', member),
  person('truong-ban-kcn', 'Mai Đức Úy', 'Trưởng ban Ban Quản lý các khu công nghiệp', 'bqlkcn', member),

  // Not a member: attends in the stead of one.
  person('pgd-van-hoa', 'Lâm Thị Hồng Nhung', 'Phó Giám đốc Sở Văn hóa, Thể thao và Du lịch', 'svhttdl'),
  person('chu-tich-hdnd', 'Lê Thị Ví Dụ', 'Chủ tịch HĐND tỉnh', 'hdnd'),
  person('chu-tich-mttq', 'Tạ Văn Quý', 'Chủ tịch Ủy ban MTTQ Việt Nam tỉnh', 'mttq'),
  person('vien-truong', 'Kiều Thanh Hằng', 'Viện trưởng Viện Kiểm sát nhân dân tỉnh', 'vksnd'),
  person('chanh-an', 'Quách Đăng Khoa', 'Chánh án Tòa án nhân dân tỉnh', 'tand'),

  person('ct-tan-giang', 'Dương Thị Bích Thủy', 'Chủ tịch UBND phường Tân Giang', 'p-tan-giang', { siteId: 'site-tan-giang' }),
  person('ct-binh-hoa-dong', 'Nguyễn Hoàng Ân', 'Chủ tịch UBND phường Bình Hòa Đông', 'p-binh-hoa-dong', { siteId: 'site-binh-hoa-dong' }),
  person('ct-phu-loc', 'Trịnh Công Đức', 'Chủ tịch UBND phường Phú Lộc', 'p-phu-loc', { siteId: 'site-phu-loc' }),
  person('ct-cau-go', 'Lưu Thị Xuân Mai', 'Chủ tịch UBND phường Cầu Gỗ', 'p-cau-go', { siteId: 'site-cau-go' }),
  person('ct-giong-ong', 'Đoàn Văn Út', 'Chủ tịch UBND xã Giồng Ông', 'x-giong-ong', { siteId: 'site-giong-ong' }),
  person('ct-hoa-khe', 'Nguyễn Thị Ngọc Yến', 'Chủ tịch UBND xã Hòa Khê', 'x-hoa-khe', { siteId: 'site-hoa-khe' }),
  person('ct-kenh-moi', 'Phùng Khắc Hiếu', 'Chủ tịch UBND xã Kênh Mới', 'x-kenh-moi', { siteId: 'site-kenh-moi' }),
  person('ct-lang-sen-tay', 'Lê Hoàng Êm', 'Chủ tịch UBND xã Láng Sen Tây', 'x-lang-sen-tay', { siteId: 'site-lang-sen-tay' }),

  person('thu-ky', 'Phạm Đức Thử Nghiệm', 'Trưởng phòng Tổng hợp, Văn phòng UBND tỉnh', 'vpub', { roles: ['office'] }),
  person('ky-thuat', 'Vương Nhật Quang', 'Cán bộ kỹ thuật, Trung tâm Chuyển đổi số tỉnh', 'ttcds'),
  person('quan-tri', 'Tăng Thị Như Ý', 'Quản trị hệ thống, Trung tâm Chuyển đổi số tỉnh', 'ttcds', { roles: ['administrator'] }),
]

/** Who can sign in, and as what; everybody else has an account without a password that anyone knows. */
export const demoAccounts = [
  { personId: 'chu-tich', username: 'chutoa', role: 'chủ tọa / chair' },
  { personId: 'thu-ky', username: 'thuky', role: 'thư ký, chuẩn bị cuộc họp / secretary, prepares meetings' },
  { personId: 'gd-tai-chinh', username: 'daibieu1', role: 'đại biểu, đang trình bày / delegate, presenting now' },
  { personId: 'gd-khoa-hoc', username: 'daibieu2', role: 'đại biểu / delegate' },
  { personId: 'gd-nong-nghiep', username: 'daibieu3', role: 'đại biểu tại điểm cầu / delegate at a site' },
  { personId: 'ky-thuat', username: 'phongchieu', role: 'kỹ thuật, màn chiếu / technician, projector' },
  { personId: 'quan-tri', username: 'quantri', role: 'quản trị hệ thống / administrator' },
] as const

/** Printed at the first start, accepted from this machine only. */
export const demoPassword = 'tangiang2026'
