package com.peerllm.orchestrator.ledger;

import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is true of every ledger at every moment. */
final class Invariants {
    private Invariants() {}

    /** The first rule that these accounts break, as a sentence. */
    static Optional<String> firstFault(Map<AccountId, Totals> accounts, Collection<OpenHold> holds) {
        return debitsEqualCredits(accounts)
                .or(() -> nobodyIsPastItsLimit(accounts))
                .or(() -> pendingIsWhatIsHeld(accounts, holds));
    }

    /** With both equalities, the balances of all accounts add up to zero. */
    private static Optional<String> debitsEqualCredits(Map<AccountId, Totals> accounts) {
        BigInteger posted = BigInteger.ZERO;
        BigInteger pending = BigInteger.ZERO;
        for (Totals totals : accounts.values()) {
            posted = posted.add(exact(totals.debitsPosted())).subtract(exact(totals.creditsPosted()));
            pending = pending.add(exact(totals.debitsPending())).subtract(exact(totals.creditsPending()));
        }
        if (posted.signum() != 0)
            return Optional.of("Posted debits exceed posted credits by " + posted + " nano-dollars");
        if (pending.signum() != 0) {
            return Optional.of("Pending debits exceed pending credits by " + pending + " nano-dollars");
        }
        return Optional.empty();
    }

    private static Optional<String> nobodyIsPastItsLimit(Map<AccountId, Totals> accounts) {
        for (Map.Entry<AccountId, Totals> account : accounts.entrySet()) {
            Totals totals = account.getValue();
            if (totals.debitsPending().isNegative() || totals.creditsPending().isNegative()) {
                return Optional.of(account.getKey() + " has less than nothing set aside");
            }
            if (!AccountKind.mayGoNegative(account.getKey())
                    && totals.available().isNegative()) {
                return Optional.of(account.getKey() + " has spent " + totals.available() + " more than it had");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> pendingIsWhatIsHeld(Map<AccountId, Totals> accounts, Collection<OpenHold> holds) {
        Map<AccountId, BigInteger> held = new HashMap<>();
        for (OpenHold open : holds)
            held.merge(open.hold().debit(), exact(open.hold().amount()), BigInteger::add);
        for (Map.Entry<AccountId, Totals> account : accounts.entrySet()) {
            BigInteger open = held.getOrDefault(account.getKey(), BigInteger.ZERO);
            if (!open.equals(exact(account.getValue().debitsPending()))) {
                return Optional.of(
                        account.getKey() + " has " + account.getValue().debitsPending()
                                + " set aside, but its open holds are " + open + " nano-dollars");
            }
        }
        return Optional.empty();
    }

    private static BigInteger exact(Credits amount) {
        return BigInteger.valueOf(amount.nanoDollars());
    }
}
