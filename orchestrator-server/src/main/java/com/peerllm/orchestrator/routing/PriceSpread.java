package com.peerllm.orchestrator.routing;

import com.peerllm.shared.money.TokenPrice;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The prices of the hosts of one model, from the lowest up: by what a million prompt and a million completion tokens cost
 * together. Belongs to one thread.
 */
public final class PriceSpread {
    /** Two amounts that are not negative always fit into 64 bits without a sign. */
    private static final Comparator<TokenPrice> ORDER = ((Comparator<TokenPrice>)
                    (one, other) -> Long.compareUnsigned(together(one), together(other)))
            .thenComparing(TokenPrice::promptPerMillion);

    private final NavigableMap<TokenPrice, Integer> hosts = new TreeMap<>(ORDER);
    private int count;

    private static long together(TokenPrice price) {
        return price.promptPerMillion().nanoDollars()
                + price.completionPerMillion().nanoDollars();
    }

    void add(TokenPrice price) {
        hosts.merge(price, 1, Integer::sum);
        count++;
    }

    void remove(TokenPrice price) {
        hosts.computeIfPresent(price, (same, there) -> there == 1 ? null : there - 1);
        count--;
    }

    /** What the cheapest host asks; empty without a host. */
    public Optional<TokenPrice> lowest() {
        return hosts.isEmpty() ? Optional.empty() : Optional.of(hosts.firstKey());
    }

    /** What the host in the middle asks, of two the cheaper; empty without a host. */
    public Optional<TokenPrice> median() {
        int before = 0;
        for (Map.Entry<TokenPrice, Integer> each : hosts.entrySet()) {
            before += each.getValue();
            if (2L * before >= count) return Optional.of(each.getKey());
        }
        return Optional.empty();
    }

    /** Whether a host asks no more than this. */
    public boolean hasOneUpTo(TokenPrice most) {
        for (TokenPrice price : hosts.keySet()) {
            if (price.isAtMost(most)) return true;
            if (ORDER.compare(price, most) > 0) return false;
        }
        return false;
    }
}
