package com.peerllm.host.engine.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of a model's answers is more than text.
 *
 * @param tools how it writes calls; none for a model that is not known to call tools
 * @param thinking how it marks its thinking; none for a model that does not think
 */
public record ChatFormat(Optional<ToolFormat> tools, Optional<ThinkingFormat> thinking) {
    public static final ChatFormat PLAIN = new ChatFormat(Optional.empty(), Optional.empty());

    /**
     * Recognises a model's formats.
     *
     * @param template the source of its chat template
     * @param renderedCall a chat with a call of {@link ProbeChat}, as the template renders it
     */
    public static ChatFormat of(String template, Optional<String> renderedCall) {
        return new ChatFormat(renderedCall.flatMap(ProbeChat::formatOf), ThinkingFormat.of(template));
    }

    /** The words by which answers are read: some vocabularies have them as tokens without a text. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        thinking.ifPresent(format -> words.addAll(format.tokens()));
        tools.ifPresent(format -> {
            words.add(format.trigger());
            for (CallPiece piece : format.pieces())
                if (piece instanceof CallPiece.Text(String literal)) words.add(literal);
        });
        return words.stream().filter(word -> word.length() > 1).distinct().toList();
    }
}
