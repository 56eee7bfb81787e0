package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import java.util.Optional;

/**
 * The names by which consumers appear in the transparency log: a commitment for each payment, which nobody can link to
 * another or to an account without the account's secret.
 */
public interface ConsumerPseudonyms {
    /**
     * @param context what it is for: a job's or a transfer's id, or the time of a state leaf
     * @return 64 hex digits: SHA-256 over {@code "peerllm consumer v1\n" + salt + "\n" + account + "\n" + context}, the salt
     *     being HMAC-SHA-256 of the context under the account's secret, in hex
     */
    String commitment(AccountId account, String context);

    /**
     * The salt of that commitment, in hex: with it, and with nothing else, a commitment can be opened. Only for the account's owner.
     *
     * @return empty when it is gone or cannot be shown
     */
    default Optional<String> salt(AccountId account, String context) {
        return Optional.empty();
    }

    /** How the log names an account: consumers and promo accounts by commitment, all others by their names. */
    default String publicName(AccountId account, String context) {
        return AccountKind.maySpend(account) ? account.kind() + ":" + commitment(account, context) : account.value();
    }
}
