package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.identity.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
     * Makes sure that the commitments of this account will be ones that its owner can open. May wait for the disk.
     *
     * @throws LedgerException with code {@code UNAVAILABLE} and a sentence that names the file when that cannot be
     */
    default void prepare(AccountId account) {}

    /** Why no job can be taken for this account, as far as that is known; waits for nothing. */
    default Optional<String> trouble(AccountId account) {
        return Optional.empty();
    }

    /** Tries again what could not be done; called about once a second. May wait for the disk. */
    default void retry() {}

    /**
     * Forgets the account's secret for ever.
     *
     * @throws LedgerException with code {@code UNAVAILABLE} when that cannot be
     */
    default void erase(AccountId account) {}

    /** The salt in hex that opens the commitment to anyone; empty when there is no secret any more. May wait for the disk. */
    default Optional<String> salt(AccountId account, String context) {
        return Optional.empty();
    }

    /** What the salt, the account and the context commit to. */
    static String commitment(String saltHex, AccountId account, String context) {
        String text = String.join("\n", "peerllm consumer v1", saltHex, account.value(), context);
        return HexFormat.of().formatHex(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** How the log names an account: consumers and promo accounts by commitment, all others by their names. */
    default String publicName(AccountId account, String context) {
        return AccountKind.maySpend(account) ? account.kind() + ":" + commitment(account, context) : account.value();
    }
}
