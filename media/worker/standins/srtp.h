// Stands in for libsrtp 3, which Debian 12 lacks: the calls that mediasoup's worker makes, over libsrtp 2.
// What has the same name in both is an overload here, so that libsrtp 2's own symbols stay what they are.
#pragma once

#include <cstdint>
#include <cstring>
#include <limits>

#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

// Codes that only libsrtp 3 has; the first is given below, the second never.
constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

// Opaque in libsrtp 3. libsrtp 2 only points to a key, so the key lies here, until srtp_create has copied it.
struct Srtp3Policy
{
	srtp2_policy_t policy{};
	uint8_t key[SRTP_MAX_KEY_LEN]{};
};
using srtp_policy_t = Srtp3Policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new Srtp3Policy();
	(*policy)->policy.key = (*policy)->key;
	return srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	if (policy == nullptr) return;
	// The compiler may not leave this out, as it may a memset before delete.
	volatile uint8_t* key = policy->key;
	for (size_t i = 0; i < sizeof(policy->key); ++i) key[i] = 0;
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->policy.ssrc = ssrc;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const auto status = srtp_crypto_policy_set_from_profile_for_rtp(&policy->policy.rtp, profile);
	return status != srtp_err_status_ok ? status : srtp_crypto_policy_set_from_profile_for_rtcp(&policy->policy.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy, const uint8_t* key, size_t keyLen, const uint8_t* salt, size_t saltLen, const uint8_t* /*mki*/, size_t mkiLen)
{
	if (mkiLen != 0 || keyLen > sizeof(policy->key) || saltLen > sizeof(policy->key) - keyLen) return srtp_err_status_bad_param;
	std::memcpy(policy->key, key, keyLen);
	std::memcpy(policy->key + keyLen, salt, saltLen);
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->policy.allow_repeat_tx = allow ? 1 : 0;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t packets)
{
	policy->policy.window_size = packets;
	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	return srtp_create(session, static_cast<const srtp2_policy_t*>(&policy->policy));
}

// libsrtp 3 writes to a buffer of its own size, libsrtp 2 works in place and trusts that there is room behind the packet.
template<typename Work>
inline srtp_err_status_t srtp2_between(const uint8_t* from, size_t length, uint8_t* to, size_t* capacity, size_t growth, Work work)
{
	if (length > static_cast<size_t>(std::numeric_limits<int>::max()) - growth) return srtp_err_status_bad_param;
	if (length + growth > *capacity) return srtp_err_status_buffer_small;
	if (from != to) std::memmove(to, from, length);
	int worked        = static_cast<int>(length);
	const auto status = work(to, &worked);
	if (status == srtp_err_status_ok) *capacity = static_cast<size_t>(worked);
	return status;
}

inline srtp_err_status_t srtp_protect(srtp_t session, const uint8_t* rtp, size_t length, uint8_t* srtp, size_t* capacity, size_t /*mki*/)
{
	return srtp2_between(
	  rtp, length, srtp, capacity, SRTP_MAX_TRAILER_LEN, [session](uint8_t* packet, int* len) { return srtp_protect(session, packet, len); });
}

inline srtp_err_status_t srtp_unprotect(srtp_t session, const uint8_t* srtp, size_t length, uint8_t* rtp, size_t* capacity)
{
	return srtp2_between(srtp, length, rtp, capacity, 0, [session](uint8_t* packet, int* len) { return srtp_unprotect(session, packet, len); });
}

inline srtp_err_status_t srtp_protect_rtcp(srtp_t session, const uint8_t* rtcp, size_t length, uint8_t* srtcp, size_t* capacity, size_t /*mki*/)
{
	return srtp2_between(
	  rtcp, length, srtcp, capacity, SRTP_MAX_TRAILER_LEN + 4, [session](uint8_t* packet, int* len) { return srtp_protect_rtcp(session, packet, len); });
}

inline srtp_err_status_t srtp_unprotect_rtcp(srtp_t session, const uint8_t* srtcp, size_t length, uint8_t* rtcp, size_t* capacity)
{
	return srtp2_between(
	  srtcp, length, rtcp, capacity, 0, [session](uint8_t* packet, int* len) { return srtp_unprotect_rtcp(session, packet, len); });
}

// `ssrc` is in network order, as mediasoup gives it and libsrtp 2 wants it.
inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}
