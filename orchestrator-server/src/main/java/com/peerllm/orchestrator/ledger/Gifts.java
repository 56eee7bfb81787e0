package com.peerllm.orchestrator.ledger;

import com.peerllm.orchestrator.storage.JournalBatch.Phase;
import com.peerllm.orchestrator.storage.JournalBatch.TransferRow;
import com.peerllm.shared.identity.AccountId;
import com.peerllm.shared.money.Credits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The gifts that are good until a certain moment, beside the {@link Book} and under its lock. Follows from the journal,
 * where the moment stands in the gift's id, and is read again from it at each start. No clock, no disk, no threads.
 *
 * <p>What an account spends counts against its gifts that end first. So of the gifts that have ended, with a sum of X, what
 * exceeds all that was ever debited from the account (spent, or taken back before) is still there and is taken back: X
 * minus debits. What is set aside for jobs is left to them, and taken back later as far as they do not use it.
 */
final class Gifts {
    private final TreeMap<Long, Map<AccountId, Credits>> goodUntil = new TreeMap<>();
    private final Map<AccountId, Credits> ended = new HashMap<>();
    /** Accounts where something may have to be taken back. */
    private final Set<AccountId> toLookAt = new LinkedHashSet<>();

    void credited(TransferRow line) {
        if (line.phase() != Phase.POST || !AccountKind.isPromo(line.credit())) return;
        credited(new TransferId(line.id()), line.credit(), line.amount());
    }

    /** Notes a gift, if it is one that ends. */
    void credited(TransferId id, AccountId account, Credits amount) {
        if (!AccountKind.isPromo(account)) return;
        OptionalLong until = id.untilMillis();
        if (until.isEmpty()) return;
        goodUntil.computeIfAbsent(until.getAsLong(), any -> new HashMap<>()).merge(account, amount, Credits::plus);
    }

    /** What is to be taken back now: posts from gifts to the mint. */
    List<Transfer.Post> over(Book book, long nowMillis) {
        while (!goodUntil.isEmpty() && goodUntil.firstKey() <= nowMillis) {
            goodUntil.pollFirstEntry().getValue().forEach((account, amount) -> {
                ended.merge(account, amount, Credits::plus);
                toLookAt.add(account);
            });
        }
        if (toLookAt.isEmpty()) return List.of();
        List<Transfer.Post> posts = new ArrayList<>();
        for (AccountId account : List.copyOf(toLookAt)) look(book, account).ifPresent(posts::add);
        return posts;
    }

    private Optional<Transfer.Post> look(Book book, AccountId account) {
        Totals totals = book.totals(account).orElse(Totals.ZERO);
        Credits notTaken = ended.get(account).minus(totals.debitsPosted());
        if (notTaken.isNegative() || notTaken.isZero()) {
            toLookAt.remove(account);
            return Optional.empty();
        }
        Credits back = notTaken.minus(totals.debitsPending());
        if (back.isNegative() || back.isZero()) return Optional.empty();
        TransferId id = TransferId.endOfGifts(account, totals.debitsPosted());
        return Optional.of(new Transfer.Post(id, account, AccountKind.MINT_OF_CREDITS, back));
    }

    /** The next moment at which gifts of this account end. */
    OptionalLong nextEndMillis(AccountId account) {
        return goodUntil.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(account))
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }
}
