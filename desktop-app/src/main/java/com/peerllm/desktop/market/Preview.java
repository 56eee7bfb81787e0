package com.peerllm.desktop.market;

import java.util.Optional;

/**
 * A listing as a buyer would see it, as far as it is written.
 *
 * @param what kind and size
 * @param price in words; empty until it is an amount
 * @param royalty a sentence; empty until it is a percentage
 */
public record Preview(
        boolean isModel,
        Optional<String> what,
        Optional<String> title,
        Optional<String> description,
        Optional<String> licence,
        Optional<String> price,
        Optional<String> royalty) {}
