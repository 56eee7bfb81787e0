package com.peerllm.shared.reputation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What numbered evidence adds up to; older evidence may be forgotten once it is in here. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModelHistory.class, name = "model"),
    @JsonSubTypes.Type(value = Presence.class, name = "presence")
})
public sealed interface History permits ModelHistory, Presence {
    /** Of the last piece of evidence in it; 0 when there is none. */
    long number();

    /** @throws IllegalArgumentException when it is not the next piece, or of another kind */
    History after(Evidence evidence);

    static void requireNext(History history, Evidence evidence) {
        if (evidence.number() == history.number() + 1) return;
        throw new IllegalArgumentException(
                "Evidence " + (history.number() + 1) + " is missing: number " + evidence.number() + " came");
    }
}
