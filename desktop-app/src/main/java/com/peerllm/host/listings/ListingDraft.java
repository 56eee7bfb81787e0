package com.peerllm.host.listings;

import com.peerllm.shared.money.Credits;

/**
 * What a person means to sell, checked by {@link ListingRules}.
 *
 * @param price for one buyer, once; zero is a gift
 * @param royaltyPoints hundredths of a percent of what others earn with it later
 */
public record ListingDraft(
        Offering offering, String title, String description, String licence, Credits price, int royaltyPoints) {}
