package com.peerllm.host.storage;

import com.peerllm.shared.money.Credits;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A listing as it is kept.
 *
 * @param kind {@code MODEL} or {@code DATA}
 * @param royaltyPoints hundredths of a percent
 */
public record ListingRow(
        String id,
        String kind,
        Path path,
        long files,
        long sizeBytes,
        String title,
        String description,
        String licence,
        Credits price,
        int royaltyPoints,
        Instant changedAt) {}
