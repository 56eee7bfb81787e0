package com.peerllm.orchestrator.clients;

import java.util.List;

/**
 * A client library that others wrote, in the few words in which the tests speak to all of them. Each call is made with the
 * library's own means: its own tool loop or messages, its own way to ask for a form, its own retries. What goes wrong is a
 * {@link ClientFailure}.
 */
public interface ForeignClient extends AutoCloseable {
    /**
     * How a library is told to call.
     *
     * @param baseUrl up to and with {@code /v1}
     * @param retries how often the library may try again by itself
     */
    record Settings(String baseUrl, String apiKey, int retries) {}

    /**
     * What the library made of an answer.
     *
     * @param pieces how many pieces of text a stream had
     * @param finishReason in the library's own word
     */
    record Answer(String text, int pieces, String finishReason, long promptTokens, long completionTokens) {}

    /** The names of all models; {@link UnsupportedOperationException} where the library cannot list them. */
    List<String> models(Settings settings);

    Answer chat(Settings settings, String model, String prompt);

    /** A streamed answer with its usage. */
    Answer stream(Settings settings, String model, String prompt);

    /** Asks for JSON of the form {@code {"good":"yes"|"no"}}. @return the value that the library read out of it */
    String verdict(Settings settings, String model, String prompt);

    /** Offers a tool {@code add(a, b)}, carries out what is called and goes on until there is a text. @return the text */
    String sums(Settings settings, String model, String prompt);

    /** The same with streamed answers. */
    String streamedSums(Settings settings, String model, String prompt);

    List<List<Double>> embed(Settings settings, String model, List<String> texts);

    /** Leaves a streamed answer after its first piece. */
    void leave(Settings settings, String model, String prompt);

    @Override
    default void close() {}
}
