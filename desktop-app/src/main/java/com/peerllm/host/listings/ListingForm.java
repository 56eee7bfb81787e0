package com.peerllm.host.listings;

import java.util.Optional;

/** A listing as a person types it; any of it may be missing or wrong. */
public record ListingForm(
        Optional<Offering> offering, String title, String description, String licence, String price, String royalty) {

    /** A part of the form. */
    public enum Field {
        OFFERING,
        TITLE,
        DESCRIPTION,
        LICENCE,
        PRICE,
        ROYALTY
    }
}
