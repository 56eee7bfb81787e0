package com.peerllm.shared.audit;

import java.util.Map;
import java.util.Set;

/** The reasons for which money moves without being the pay for an answer, and between what kinds of accounts it may move then. */
public final class KnownCauses {
    private static final Set<String> EARNERS = Set.of("host", "creator", "network");

    private static final Map<String, Way> WAYS = Map.ofEntries(
            Map.entry("top_up", new Way(Set.of("mint"), Set.of("consumer"))),
            Map.entry("voucher", new Way(Set.of("mint"), Set.of("consumer", "promo"))),
            Map.entry("promo", new Way(Set.of("mint"), Set.of("promo"))),
            Map.entry("promo_expired", new Way(Set.of("promo"), Set.of("mint"))),
            Map.entry("promo_spent", new Way(Set.of("promo"), Set.of("consumer"))),
            Map.entry("forfeited", new Way(Set.of("consumer"), Set.of("network"))),
            Map.entry("payout_sent", new Way(EARNERS, Set.of("payout"))),
            Map.entry("payout_paid", new Way(Set.of("payout"), Set.of("mint"))),
            Map.entry("payout_returned", new Way(Set.of("payout"), EARNERS)));

    private record Way(Set<String> from, Set<String> to) {}

    private KnownCauses() {}

    public static boolean knows(String cause) {
        return WAYS.containsKey(cause);
    }

    /** Whether money may move so for this reason; false for a reason not known here. */
    public static boolean allows(String cause, String debitKind, String creditKind) {
        Way way = WAYS.get(cause);
        return way != null && way.from.contains(debitKind) && way.to.contains(creditKind);
    }
}
