package com.peerllm.desktop.market;

/**
 * One of the person's listings as the list shows it.
 *
 * @param isModel else it is data
 * @param about what it is, its size and its licence
 * @param changed when it was last changed
 */
public record ListingLine(String id, boolean isModel, String title, String about, String price, String changed) {}
