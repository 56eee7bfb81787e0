package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import java.util.Locale;
import java.util.Optional;

/** What an account is for, which follows from the part of its name before the colon. */
public enum AccountKind {
    /** Who asks and pays. */
    CONSUMER,
    /** Who computes and earns. */
    HOST,
    /** Who made a model and receives its royalty. */
    CREATOR,
    /** The network's own share. */
    NETWORK,
    /** The other side of every hold; nothing is ever posted to it. */
    ESCROW,
    /** Gifts that can be spent and never withdrawn. */
    PROMO,
    /** Money that has left for a bank. */
    PAYOUT,
    /** Where credits enter. Its balance is minus all credits in the ledger. */
    MINT;

    /** The other side of every hold. */
    public static final AccountId ESCROW_OF_JOBS = AccountId.of("escrow", "jobs");
    /** What the network earns. */
    public static final AccountId NETWORK_FEES = AccountId.of("network", "fees");
    /** Where topped-up credits come from. */
    public static final AccountId MINT_OF_CREDITS = AccountId.of("mint", "credits");

    public static Optional<AccountKind> of(AccountId account) {
        String kind = account.kind();
        for (AccountKind known : values()) {
            if (known.word().equals(kind)) return Optional.of(known);
        }
        return Optional.empty();
    }

    /** The part of an account's name before the colon. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether more may be debited than was credited: only where credits enter. */
    static boolean mayGoNegative(AccountId account) {
        return account.value().startsWith("mint:");
    }

    /** Whether jobs are paid from this account. Gifts pay through their consumer, see {@link #promoOf}. */
    static boolean paysForJobs(AccountId account) {
        return account.value().startsWith("consumer:");
    }

    /** The account of the gifts that the owner of this account spends first. */
    public static AccountId promoOf(AccountId consumer) {
        return AccountId.of(PROMO.word(), consumer.name());
    }

    /** The account of who spends the gifts of this account. */
    public static AccountId consumerOf(AccountId promo) {
        return AccountId.of(CONSUMER.word(), promo.name());
    }

    static boolean isPromo(AccountId account) {
        return account.value().startsWith("promo:");
    }

    /** Whether an account belongs to someone who asks and pays: the log hides its name. */
    static boolean maySpend(AccountId account) {
        return account.kind().equals(CONSUMER.word()) || account.kind().equals(PROMO.word());
    }
}
