package com.peerllm.host.answering;

import com.peerllm.host.kernel.HostException;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.List;
import java.util.Optional;

/** Answers the person in front of this computer: by a model here or by the network. */
public interface Assistant {

    /** Where an answer is made. */
    enum Place {
        LOCAL,
        NETWORK
    }

    /**
     * A model that can be asked.
     *
     * @param id {@code local/NAME} or {@code network/NAME}
     * @param price of the network; empty for local models, which cost nothing
     */
    record Answerer(String id, Place place, String name, Optional<TokenPrice> price) {}

    /** @param role {@code system}, {@code user} or {@code assistant} */
    record Message(String role, String content) {
        @Override
        public String toString() {
            return "Message[" + role + ", hidden]";
        }
    }

    /** @param model an {@link Answerer#id}; a name without a place goes where the settings say */
    record Question(String model, List<Message> messages) {
        public Question {
            messages = List.copyOf(messages);
        }
    }

    /**
     * What became of an answer.
     *
     * @param reason {@code stop}, {@code length} or {@code cancelled}
     * @param promptTokens and {@code completionTokens}: as counted where it was made; 0 when the network's answer was
     *     cancelled before it told them
     * @param cost what the network charged; empty for a local answer, and when the network's was cancelled before it told
     */
    record Outcome(String reason, int promptTokens, int completionTokens, Optional<Credits> cost) {}

    /** Hears one answer: any number of pieces, then exactly one of {@code done} and {@code failed}. On any thread. */
    interface Listener {
        /**
         * Who answers, before the first piece; once more when the network failed and this computer answers instead.
         *
         * @param why in one word, see {@code Hybrid.Why}
         */
        default void answeredBy(Place place, String model, String why) {}

        void text(String more);

        /** What the model thinks before it answers. */
        void reasoning(String more);

        void done(Outcome outcome);

        /** @param sentence what happened and what to do */
        void failed(String sentence);
    }

    /** An answer on its way. */
    interface Answering {
        /** Ends it soon, with {@code done}; after the end without effect. */
        void cancel();
    }

    /** Those of this computer at once; those of the network as they were last read, see {@link #readNetwork}. */
    List<Answerer> answerers();

    /** Whether there is an API key, without which the network answers nobody. */
    boolean hasNetworkKey();

    /**
     * Reads the network's models anew. Waits for the network.
     *
     * @throws HostException {@code ORCHESTRATOR} with why it cannot
     */
    List<Answerer> readNetwork();

    /**
     * What is left on the person's account with the network. Waits for the network.
     *
     * @return empty without an account
     */
    Optional<Credits> balance();

    /** Begins; returns at once. */
    Answering ask(Question question, Listener listener);
}
