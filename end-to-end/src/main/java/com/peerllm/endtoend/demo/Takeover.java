package com.peerllm.endtoend.demo;

import com.peerllm.endtoend.client.AnswerStream;
import com.peerllm.endtoend.client.ChatAnswer;
import com.peerllm.endtoend.client.ChatRequest;
import com.peerllm.endtoend.client.OpenAiClient;
import com.peerllm.endtoend.client.StreamEvent;
import com.peerllm.endtoend.client.StreamedAnswer;
import com.peerllm.endtoend.network.ConnectedHost;
import com.peerllm.endtoend.network.LocalHost;
import com.peerllm.endtoend.network.LocalNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An answer whose host is killed in the middle of it (SIGKILL, as {@code kill -9} sends it), and that another host goes on with.
 */
record Takeover(StreamedAnswer streamed, ChatAnswer answer, Duration gap) {
    /** Early in the answer, so that most of it is still to come. */
    private static final int TEXTS_BEFORE = 4;

    /**
     * Asks, and kills the host that answers.
     *
     * @return empty when the answer was complete before its host was dead
     */
    static Optional<Takeover> of(
            LocalNetwork network, OpenAiClient consumer, ChatRequest request, Paragraph paragraph) {
        try (AnswerStream stream = consumer.stream(request)) {
            Optional<LocalHost> serving = Optional.empty();
            for (int texts = 0; texts < TEXTS_BEFORE; ) {
                Optional<StreamEvent> event = stream.next();
                if (event.isEmpty()) break;
                if (!(event.get() instanceof StreamEvent.Text text)) continue;
                // Asked at once: while it is asked, the answer goes on.
                if (texts == 0) serving = serving(network);
                paragraph.add(text.text());
                texts++;
            }
            serving.ifPresent(host -> {
                host.process().handle().destroyForcibly();
                paragraph.note(pseudonym(host) + " is killed");
            });
            StreamedAnswer streamed = stream.rest(paragraph::add);
            paragraph.end();
            // A killed process ends a moment later than the kill.
            serving.ifPresent(host -> host.process().handle().onExit().join());
            return streamed.whole()
                    .filter(answer -> answer.extras().hosts().size() > 1)
                    .map(answer -> new Takeover(streamed, answer, streamed.longestGap()));
        }
    }

    private static Optional<LocalHost> serving(LocalNetwork network) {
        List<ConnectedHost> connected = network.orchestrator().hosts();
        return network.hosts().stream()
                .filter(host -> connected.stream()
                        .anyMatch(each -> host.id().filter(each.id()::equals).isPresent() && each.runningJobs() > 0))
                .findFirst();
    }

    private static String pseudonym(LocalHost host) {
        return host.id().orElseThrow().pseudonym();
    }
}
