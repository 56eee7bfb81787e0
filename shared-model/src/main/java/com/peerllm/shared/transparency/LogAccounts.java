package com.peerllm.shared.transparency;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import java.util.Set;

/** How accounts are named in the log: people by a commitment of 64 hex digits, all others by their names. */
final class LogAccounts {
    private static final Set<String> PEOPLE = Set.of("consumer", "promo");
    private static final Set<String> NAMED = Set.of("host", "creator", "network", "escrow", "payout", "mint");
    private static final int COMMITMENT_BYTES = Sha256.digest().getDigestLength();

    private LogAccounts() {}

    /** @throws IllegalArgumentException when the account may not stand in the log under this name */
    static void check(String what, AccountId account) {
        String kind = account.kind();
        if (PEOPLE.contains(kind)) {
            if (!isCommitment(account.name())) {
                throw new IllegalArgumentException(what + " is a person's account and is not a commitment");
            }
        } else if (!NAMED.contains(kind)) {
            throw new IllegalArgumentException(what + " is an account of an unknown kind");
        }
    }

    static boolean isCommitment(String text) {
        return StrictText.isHex(text, COMMITMENT_BYTES);
    }
}
