package com.peerllm.shared.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How one payment is divided. The network takes its share of the whole; the creator of a model takes the royalty out of
 * the host's part; the host gets what remains, so the three always add up to the whole.
 *
 * @param networkBasisPoints the network's share of the whole, 0 to 10,000
 * @param royaltyBasisPoints the creator's share of what the network leaves, 0 to 10,000
 */
public record RevenueSplit(int networkBasisPoints, int royaltyBasisPoints) {
    private static final int WHOLE = 10_000;

    /** 95 % to the host, 5 % to the network, no royalty. */
    public static final RevenueSplit STANDARD = new RevenueSplit(500, 0);

    public RevenueSplit {
        if (networkBasisPoints < 0
                || networkBasisPoints > WHOLE
                || royaltyBasisPoints < 0
                || royaltyBasisPoints > WHOLE) {
            throw new IllegalArgumentException("Shares are basis points from 0 to 10,000");
        }
    }

    /** @param total not negative */
    public Shares of(Credits total) {
        if (total.isNegative()) throw new IllegalArgumentException("Only a payment that is not negative can be split");
        Credits network = part(total, networkBasisPoints);
        Credits rest = total.minus(network);
        Credits creator = part(rest, royaltyBasisPoints);
        return new Shares(rest.minus(creator), network, creator);
    }

    private static Credits part(Credits whole, int basisPoints) {
        BigDecimal exact = BigDecimal.valueOf(whole.nanoDollars()).multiply(BigDecimal.valueOf(basisPoints));
        return new Credits(exact.divide(BigDecimal.valueOf(WHOLE), 0, RoundingMode.HALF_EVEN)
                .longValueExact());
    }

    /** The three parts of one payment. */
    public record Shares(Credits host, Credits network, Credits creator) {}
}
