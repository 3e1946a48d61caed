/** What voters are told of secret votes; the long form is docs/secrecy.md. */
export default {
  cannotSeal: 'Thiết bị này chưa bỏ phiếu kín được',
  cannotSealWhy: 'Trang đang mở bằng http:// nên trình duyệt không cho mã hóa phiếu. Xin mở lại bằng địa chỉ https:// của máy chủ hoặc báo cán bộ kỹ thuật.',
  sealFailed: 'Chưa niêm phong được phiếu trên thiết bị này. Chưa có gì được gửi đi; xin thử lại hoặc báo cán bộ kỹ thuật.',
  notKept: 'Phiếu bỏ trước khi tải lại trang không được ghi nhận: {reason}',
  note: 'Phiếu kín được giữ kín thế nào?',
  protectsTitle: 'Được bảo vệ',
  protects: {
    sealed: 'Lựa chọn được mã hóa ngay trên thiết bị của đại biểu. Phiếu nào cũng dài như nhau nên nhìn từ ngoài không biết chọn gì.',
    counted: 'Máy chủ chỉ mở phiếu sau khi kết thúc bỏ phiếu, xáo trộn, cộng thành tổng số rồi hủy khóa. Sau đó không ai, kể cả người giữ dữ liệu và các bản sao lưu, biết được ai đã chọn gì.',
    recorded: 'Hồ sơ chỉ ghi ai đã bỏ phiếu và tổng số phiếu. Kết quả theo điểm cầu chỉ hiện khi không làm lộ lựa chọn của ai.',
  },
  notTitle: 'Không bảo vệ được',
  not: {
    hub: 'Khi người nắm quyền máy chủ cố ý sửa chương trình trong lúc bỏ phiếu, hoặc chép thư mục khóa trước khi khóa bị hủy.',
    tablet: 'Khi thiết bị bị cài phần mềm theo dõi, hoặc có người nhìn vào màn hình lúc đại biểu chọn.',
    result: 'Khi chính kết quả nói lên điều đó: mọi phiếu giống nhau, hoặc chỉ có một, hai người bỏ phiếu.',
    telling: 'Khi đại biểu tự nói ra hoặc bị ép nói ra. Hệ thống không cấp giấy xác nhận lựa chọn nào.',
  },
}
