package com.peerllm.endtoend.kills;

import com.peerllm.endtoend.client.StreamEvent;
import com.peerllm.endtoend.client.StreamedAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long consumers waited when a host died: of each answer the longest time between two pieces of text, the wait for the first
 * included. What else made an answer pause counts against it.
 */
final class Gaps {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    private final ObjectNode report = JSON.createObjectNode();

    void add(StreamedAnswer streamed) {
        long last = streamed.sentNanos();
        long longest = 0;
        for (StreamEvent event : streamed.events()) {
            if (!(event instanceof StreamEvent.Text)) continue;
            longest = Math.max(longest, event.atNanos() - last);
            last = event.atNanos();
        }
        millis.add(longest / 1e6);
    }

    void loaded(int kills, int answers, int broken) {
        report.putObject("under_load")
                .put("kills", kills)
                .put("answers", answers)
                .put("broken_off", broken);
    }

    void write(Path file) throws IOException {
        List<Double> sorted = millis.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            report.putObject("gap_milliseconds")
                    .put("answers", sorted.size())
                    .put("p50", at(sorted, 0.5))
                    .put("p95", at(sorted, 0.95))
                    .put("max", sorted.getLast());
        }
        Files.writeString(file, report.toPrettyString());
    }

    private static double at(List<Double> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }
}
