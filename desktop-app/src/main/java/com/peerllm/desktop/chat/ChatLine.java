package com.peerllm.desktop.chat;

/**
 * A chat in the list.
 *
 * @param when something was said last
 * @param kept whether it is on the disk
 */
public record ChatLine(long id, String title, String when, boolean favourite, boolean answering, boolean kept) {}
