package com.peerllm.shared.openai;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What differs between the two kinds of answer that the OpenAI API has: how a request is read, and how its answer looks. */
public sealed interface AnswerForm permits ChatForm, TextForm {
    AnswerForm CHAT = new ChatForm();
    AnswerForm TEXT = new TextForm();

    /** @throws InvalidRequest with the error that the sender gets */
    ChatCompletionRequest read(byte[] body);

    /** What the id of an answer begins with. */
    String idPrefix();

    /** What an answer in one piece says that it is. */
    String object();

    /** What each chunk of a streamed answer says that it is. */
    String chunkObject();

    /** The request's field that has the prompt. */
    String promptField();

    ChoiceWriter writer(ChunkEnvelope envelope, int index, ChatCompletionRequest request);

    /** One choice of an answer in one piece. */
    Map<String, Object> choice(CollectedChoice choice, ChatCompletionRequest request);

    /**
     * An answer in one piece, to which more fields may be added.
     *
     * @param created in seconds since 1970
     */
    default Map<String, Object> whole(
            String id,
            long created,
            String model,
            List<CollectedChoice> choices,
            Usage usage,
            ChatCompletionRequest request) {
        return fields(
                "id",
                id,
                "object",
                object(),
                "created",
                created,
                "model",
                model,
                "system_fingerprint",
                null,
                "choices",
                choices.stream().map(each -> choice(each, request)).toList(),
                "usage",
                usage);
    }

    /** Names and values in turn, in this order; a value may be null. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (var pairs = Arrays.asList(namesAndValues).iterator(); pairs.hasNext(); ) {
            fields.put((String) pairs.next(), pairs.next());
        }
        return fields;
    }
}
