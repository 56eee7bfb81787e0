package com.peerllm.desktop.chat;

/**
 * A message, ready to be read.
 *
 * @param chat that it belongs to
 * @param writing whether it still grows; its text is in {@link LiveText}
 * @param who answers
 * @param facts tokens, time and cost; empty when there are none
 * @param note how it came to a halt; empty when it is whole
 * @param trouble what happened and what to do; empty when nothing did
 * @param last whether it is the last question, which can be changed, or the last answer, which can be asked for again
 */
public record TurnText(
        long chat,
        int place,
        boolean byPerson,
        boolean writing,
        String text,
        String thinking,
        String who,
        String facts,
        String note,
        String trouble,
        boolean last) {}
