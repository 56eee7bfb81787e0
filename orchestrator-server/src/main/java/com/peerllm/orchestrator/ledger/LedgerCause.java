package com.peerllm.orchestrator.ledger;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Why money moves without being the pay for an answer; written into the journal and into the transparency log. */
public enum LedgerCause {
    /** A consumer paid in. */
    TOP_UP(Set.of(AccountKind.MINT), Set.of(AccountKind.CONSUMER)),
    /** A consumer redeemed a voucher. */
    VOUCHER(Set.of(AccountKind.MINT), Set.of(AccountKind.CONSUMER, AccountKind.PROMO)),
    /** A gift: it can be spent, and never withdrawn. */
    PROMO(Set.of(AccountKind.MINT), Set.of(AccountKind.PROMO)),
    /** A gift that was not spent in time. */
    PROMO_EXPIRED(Set.of(AccountKind.PROMO), Set.of(AccountKind.MINT)),
    /** A gift pays for a part of its owner's answer; written in the chain of a settlement only. */
    PROMO_SPENT(Set.of(AccountKind.PROMO), Set.of(AccountKind.CONSUMER)),
    /** What was left of an account that was erased. */
    FORFEITED(Set.of(AccountKind.CONSUMER), Set.of(AccountKind.NETWORK)),
    /** Earnings are on their way to a bank. */
    PAYOUT_SENT(Set.of(AccountKind.HOST, AccountKind.CREATOR, AccountKind.NETWORK), Set.of(AccountKind.PAYOUT)),
    /** They have arrived. */
    PAYOUT_PAID(Set.of(AccountKind.PAYOUT), Set.of(AccountKind.MINT)),
    /** They did not arrive, and are their owner's again. */
    PAYOUT_RETURNED(Set.of(AccountKind.PAYOUT), Set.of(AccountKind.HOST, AccountKind.CREATOR, AccountKind.NETWORK));

    private final Set<AccountKind> from;
    private final Set<AccountKind> to;

    LedgerCause(Set<AccountKind> from, Set<AccountKind> to) {
        this.from = from;
        this.to = to;
    }

    /** As the journal writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<LedgerCause> of(String word) {
        return Arrays.stream(values())
                .filter(cause -> cause.word().equals(word))
                .findFirst();
    }

    /** Whether money may move so for this reason. */
    boolean allows(Transfer.Post post) {
        return AccountKind.of(post.debit()).filter(from::contains).isPresent()
                && AccountKind.of(post.credit()).filter(to::contains).isPresent();
    }
}
