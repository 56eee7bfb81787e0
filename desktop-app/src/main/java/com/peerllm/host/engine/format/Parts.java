package com.peerllm.host.engine.format;

import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import java.util.ArrayList;
import java.util.List;

/** Collects what one token adds to an answer; pieces of one channel that follow each other become one. */
final class Parts {
    private final List<Part> parts = new ArrayList<>();

    void add(Channel channel, byte[] utf8) {
        if (utf8.length == 0) return;
        boolean goesOn = !parts.isEmpty() && parts.getLast().channel() == channel && channel != Channel.TOOL_CALL;
        if (goesOn)
            parts.add(new Part(channel, StopStrings.concat(parts.removeLast().utf8(), utf8)));
        else parts.add(new Part(channel, utf8));
    }

    int size() {
        return parts.size();
    }

    /** Takes back what was added since there were so many. */
    void cutTo(int size) {
        parts.subList(size, parts.size()).clear();
    }

    AnswerChunk chunk() {
        return AnswerChunk.of(parts);
    }
}
