package com.peerllm.shared.openai;

import com.peerllm.shared.money.Credits;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the object {@code peerllm} of a request: what the consumer asks of the hosts that may answer. */
final class WishesReader {
    static final String FIELD = "peerllm";

    private static final Set<String> KNOWN = Set.of("max_price", "trusted_hosts_only", "estimate");
    private static final Set<String> OF_PRICE = Set.of("prompt", "completion");

    /** Thought of, and not there: own hosts are not told from others, and no host says where it is. */
    private static final Set<String> UNSUPPORTED = Set.of("own_hosts_only", "region");

    private WishesReader() {}

    static HostWishes read(Fields body) {
        Optional<Fields> wishes = body.optionalObject(FIELD);
        if (wishes.isEmpty()) return HostWishes.NONE;
        Fields wished = wishes.get();
        for (String name : UNSUPPORTED) if (wished.has(name)) throw Fields.unsupported(wished.at(name));
        wished.refuseOthers(KNOWN);
        Optional<Fields> most = wished.optionalObject("max_price");
        most.ifPresent(price -> price.refuseOthers(OF_PRICE));
        return new HostWishes(
                most.flatMap(price -> dollars(price, "prompt")),
                most.flatMap(price -> dollars(price, "completion")),
                wished.flag("trusted_hosts_only", false),
                wished.flag("estimate", false));
    }

    /** Dollars, exactly: a number of JSON is read as the decimals that stand there. */
    private static Optional<Credits> dollars(Fields most, String name) {
        if (!most.has(name)) return Optional.empty();
        JsonNode node = most.node(name);
        String at = most.at(name);
        if (!node.isString() && !node.isNumber()) {
            throw Fields.invalid("invalid_type", at, "'" + at + "' must be dollars, as a number or a string.");
        }
        try {
            BigDecimal dollars = node.isString() ? new BigDecimal(node.asString()) : node.decimalValue();
            Credits price = Credits.ofDollars(dollars);
            if (!price.isNegative()) return Optional.of(price);
        } catch (ArithmeticException | NumberFormatException e) {
            // Said below, without the text.
        }
        throw Fields.invalid(
                "invalid_value", at, "'" + at + "' must be dollars, 0 or more, with at most nine decimals.");
    }
}
