package com.peerllm.host.listings;

import java.time.Instant;

/** A draft as it is kept on this computer. */
public record Listing(String id, ListingDraft draft, Instant changedAt) {}
