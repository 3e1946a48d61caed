/** Being signed in, and the line to the hub. */
export default {
  signOut: 'Đăng xuất',
  unreachable: 'Chưa kết nối được với máy chủ',
  unreachableText: 'Xin kiểm tra mạng của thiết bị. Nếu người khác cũng không vào được, hãy báo cán bộ kỹ thuật.',
}
