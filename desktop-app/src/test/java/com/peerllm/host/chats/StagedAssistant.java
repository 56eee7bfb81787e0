package com.peerllm.host.chats;

import com.peerllm.host.answering.Assistant;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Problem;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.money.TokenPrice;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An assistant that says what the test says, when the test says it. */
public final class StagedAssistant implements Assistant {
    public static final Answerer SPROUT =
            new Answerer("local/sprout-1.4m-q8_0", Place.LOCAL, "sprout-1.4m-q8_0", Optional.empty());
    public static final Answerer QWEN = new Answerer(
            "network/qwen3-8b",
            Place.NETWORK,
            "qwen3-8b",
            Optional.of(new TokenPrice(Credits.parseDollars("0.05"), Credits.parseDollars("0.20"))));
    public static final Answerer GEMMA =
            new Answerer("network/gemma-3-12b", Place.NETWORK, "gemma-3-12b", Optional.empty());

    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    public volatile List<Answerer> local = List.of(SPROUT);
    public volatile List<Answerer> network = List.of();
    public volatile Optional<Credits> balance = Optional.of(Credits.parseDollars("4.1275"));
    /** Why the network cannot be read; empty when it can. */
    public volatile boolean networkKey = true;

    public volatile Optional<String> offline = Optional.empty();

    /** One question, and what the test answers to it. */
    public static final class Asked implements Answering {
        public final Question question;
        private final Listener listener;
        public volatile boolean cancelled;

        private Asked(Question question, Listener listener) {
            this.question = question;
            this.listener = listener;
        }

        public Asked says(String text) {
            listener.text(text);
            return this;
        }

        public Asked thinks(String text) {
            listener.reasoning(text);
            return this;
        }

        public void ends(int promptTokens, int completionTokens) {
            listener.done(new Outcome("stop", promptTokens, completionTokens, Optional.empty()));
        }

        public void ends(int promptTokens, int completionTokens, Credits cost) {
            listener.done(new Outcome("stop", promptTokens, completionTokens, Optional.of(cost)));
        }

        public void reachesItsLength() {
            listener.done(new Outcome("length", 10, 512, Optional.empty()));
        }

        public void fails(String sentence) {
            listener.failed(sentence);
        }

        @Override
        public void cancel() {
            cancelled = true;
            listener.done(new Outcome("cancelled", 10, 3, Optional.empty()));
        }
    }

    public Asked last() {
        return asked.getLast();
    }

    @Override
    public List<Answerer> answerers() {
        return java.util.stream.Stream.concat(local.stream(), network.stream()).toList();
    }

    @Override
    public boolean hasNetworkKey() {
        return networkKey;
    }

    @Override
    public List<Answerer> readNetwork() {
        if (offline.isPresent()) throw new HostException(Problem.ORCHESTRATOR, offline.get());
        network = List.of(QWEN, GEMMA);
        return answerers();
    }

    @Override
    public Optional<Credits> balance() {
        return balance;
    }

    @Override
    public Answering ask(Question question, Listener listener) {
        Asked next = new Asked(question, listener);
        asked.add(next);
        return next;
    }
}
