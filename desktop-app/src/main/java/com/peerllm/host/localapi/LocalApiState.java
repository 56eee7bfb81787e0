package com.peerllm.host.localapi;

import java.util.List;

/** Whether programs can reach the endpoint of this computer. */
public sealed interface LocalApiState {

    /** The person does not want it. */
    record Off() implements LocalApiState {}

    /**
     * It takes requests.
     *
     * @param addresses base addresses for programs, such as {@code http://127.0.0.1:11435/v1}; that of this computer first,
     *     then those that other computers of the home network can reach, the likeliest first
     */
    record Listening(List<String> addresses) implements LocalApiState {
        public Listening {
            addresses = List.copyOf(addresses);
        }
    }

    /** @param sentence what happened and what to do */
    record Failed(String sentence) implements LocalApiState {}
}
