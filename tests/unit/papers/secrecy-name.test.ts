import { describe, expect, test } from 'vitest'
import { levelInName } from '../../../server/papers/secrecy/name.ts'

describe('a mark of secrecy in a file name', () => {
  test.each([
    ['TỐI MẬT - Kế hoạch phòng thủ.pdf', 'TỐI MẬT'],
    ['Tuyệt mật_Phương án A2.pdf', 'TUYỆT MẬT'],
    ['tuyet mat phuong an.pdf', 'TUYỆT MẬT'],
    ['TUYET_MAT_phuong_an.pdf', 'TUYỆT MẬT'],
    ['KH_01_TOI_MAT.pdf', 'TỐI MẬT'],
    ['[TOI MAT] Bao cao.pdf', 'TỐI MẬT'],
    ['To trinh (MAT).pdf', 'MẬT'],
    ['To trinh (mat).pdf', 'MẬT'],
    ['Tờ trình (Mật).pdf', 'MẬT'],
    ['MẬT - Báo cáo quý I.pdf', 'MẬT'],
    ['MAT - Bao cao quy I.pdf', 'MẬT'],
    ['Báo cáo quý I - Mật.pdf', 'MẬT'],
    ['Báo cáo MẬT quý I.pdf', 'MẬT'],
    ['Tờ trình Mật về quốc phòng.pdf', 'MẬT'],
    ['BÁO CÁO MẬT.pdf', 'MẬT'],
    ['MẬT.pdf', 'MẬT'],
    ['M Ậ T.pdf', 'MẬT'],
  ])('%j says %s', (name, level) => {
    expect(levelInName(name)).toBe(level)
    expect(levelInName(name.normalize('NFD'))).toBe(level)
  })

  test.each([
    'Quy chế bảo mật thông tin.pdf', 'QUY CHẾ BẢO MẬT.pdf', 'Bảo Mật mạng nội bộ.pdf', 'Đề án an toàn, bảo mật.pdf', 'QUY CHE BAO MAT.pdf',
    'Kế hoạch bảo vệ bí mật nhà nước.pdf', 'DANH MỤC BÍ MẬT NHÀ NƯỚC.pdf', 'Luật Bảo vệ Bí Mật nhà nước.pdf',
    'Mật độ dân số 2026.pdf', 'MẬT ĐỘ XÂY DỰNG.pdf', 'Báo cáo Mật độ giao thông.pdf', 'MAT DO DAN SO.pdf',
    'Hướng dẫn đổi mật khẩu.pdf', 'Mật khẩu và mã OTP.pdf', 'Luật Cơ yếu (mật mã).pdf', 'Mật mã dân sự.pdf',
    'Dự án nuôi ong lấy mật ong.pdf', 'Mật ong rừng U Minh - OCOP.pdf', 'Họp mặt thân mật đầu xuân.pdf', 'Gặp gỡ THÂN MẬT.pdf',
    'Quan hệ mật thiết.pdf', 'Tài liệu hướng dẫn xác định độ mật.pdf', 'Biểu mẫu Độ Mật.pdf', 'báo cáo về tài liệu mật.pdf',
    'MAT TRAN TO QUOC.pdf', 'MAT_TRAN_TO_QUOC_VIET_NAM.pdf', 'Uỷ ban Mặt trận Tổ quốc.pdf', 'giai phong mat bang.pdf', 'GIAI-PHONG-MAT-BANG.pdf',
    'Thu chi tien mat.pdf', 'TIEN MAT.pdf', 'danh sach co mat - vang mat.pdf', 'DANH SACH VANG MAT.pdf', 'mat rung phong ho.pdf', 'Bao cao be mat duong (mat cau).pdf',
    'Format.pdf', 'MATRIX.pdf', 'Automat.pdf', 'toi mat tran to quoc.pdf', 'Kinh tế mật-độ.pdf', '04-Tờ trình chính sách chuyển đổi số cấp xã.pdf',
  ])('%j is no mark', name => {
    expect(levelInName(name)).toBeNull()
    expect(levelInName(name.normalize('NFD'))).toBeNull()
  })
})
