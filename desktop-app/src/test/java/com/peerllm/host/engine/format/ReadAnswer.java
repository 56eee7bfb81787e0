package com.peerllm.host.engine.format;

import com.peerllm.shared.wire.AnswerChunk;
import com.peerllm.shared.wire.AnswerChunk.Channel;
import com.peerllm.shared.wire.AnswerChunk.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An answer as it arrives at a listener: what was thought, said and called. */
final class ReadAnswer {

    /** One call. */
    record Call(String name, String arguments) {}

    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private final List<Call> calls = new ArrayList<>();

    void add(AnswerChunk chunk) {
        for (Part part : chunk.parts()) add(part.channel(), new String(part.utf8(), StandardCharsets.UTF_8));
    }

    private void add(Channel channel, String said) {
        if (said.contains("\uFFFD")) throw new AssertionError("A character was cut apart");
        switch (channel) {
            case CONTENT -> text.append(said);
            case REASONING -> thoughts.append(said);
            case TOOL_CALL -> calls.add(new Call(said, ""));
            case TOOL_ARGUMENTS -> {
                Call last = calls.removeLast();
                calls.add(new Call(last.name(), last.arguments() + said));
            }
            case LOGPROBS -> throw new AssertionError("A reader knows no probabilities");
        }
    }

    String text() {
        return text.toString();
    }

    String thoughts() {
        return thoughts.toString();
    }

    List<Call> calls() {
        return calls;
    }

    /** Reads a whole answer that comes in these pieces. */
    static ReadAnswer of(AnswerReader reader, List<byte[]> pieces) {
        ReadAnswer answer = new ReadAnswer();
        for (byte[] piece : pieces) {
            if (reader.over()) break;
            answer.add(reader.pass(piece));
        }
        if (!reader.over()) answer.add(reader.end());
        return answer;
    }
}
