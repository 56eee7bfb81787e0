package com.peerllm.desktop.chat;

/**
 * What the answer on its way has said so far.
 *
 * @param status what it does while it says nothing yet
 */
public record LiveText(String text, String thinking, String status) {
    static final LiveText NONE = new LiveText("", "", "");
}
