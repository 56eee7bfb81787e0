package com.peerllm.endtoend.client;

import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.openai.Usage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A streamed answer while it arrives. Closing it before the end is what a consumer does who goes away. One thread only. */
public final class AnswerStream implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long LONGEST_LINE_BYTES = 1024 * 1024;
    private static final int MOST_EVENTS = 1_000_000;

    private final Call call;
    private final Response response;
    private final long sentNanos;
    private final List<StreamEvent> events = new ArrayList<>();

    AnswerStream(Call call, Response response, long sentNanos) {
        this.call = call;
        this.response = response;
        this.sentNanos = sentNanos;
    }

    /**
     * Waits for the next event.
     *
     * @return empty when the response has ended
     * @throws ConnectionLost when the connection breaks
     */
    public Optional<StreamEvent> next() {
        try {
            Optional<StreamEvent> event = read();
            event.ifPresent(this::keep);
            return event;
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    /** Waits for so many pieces of text. */
    public AnswerStream awaitTexts(int count) {
        long seen = events.stream().filter(StreamEvent.Text.class::isInstance).count();
        while (seen < count) {
            if (next().orElseThrow(() -> new IllegalStateException("The answer ended after fewer pieces of text"))
                    instanceof StreamEvent.Text) seen++;
        }
        return this;
    }

    /** Reads to the end and gives each piece of text on as it arrives. */
    public StreamedAnswer rest(Consumer<String> onText) {
        for (Optional<StreamEvent> event = next(); event.isPresent(); event = next()) {
            if (event.get() instanceof StreamEvent.Text text) onText.accept(text.text());
        }
        return soFar();
    }

    public StreamedAnswer rest() {
        return rest(text -> {});
    }

    public StreamedAnswer soFar() {
        return new StreamedAnswer(sentNanos, events);
    }

    /** Under which the receipts of this answer are found, from its first byte on. */
    public JobId job() {
        return new JobId(response.headers().get("x-peerllm-receipt"));
    }

    @Override
    public void close() {
        call.cancel();
        response.close();
    }

    private void keep(StreamEvent event) {
        if (events.size() == MOST_EVENTS) throw new IllegalStateException("The answer has too many events");
        events.add(event);
    }

    /** Fields of one event up to its empty line; comments and unknown fields are passed over (HTML standard, 9.2.6). */
    private Optional<StreamEvent> read() throws IOException {
        BufferedSource source = response.body().source();
        String name = "";
        StringBuilder data = new StringBuilder();
        while (!source.exhausted()) {
            String line = source.readUtf8LineStrict(LONGEST_LINE_BYTES);
            if (line.isEmpty() && !data.isEmpty()) return Optional.of(event(name, data.toString(), System.nanoTime()));
            if (line.startsWith("event:"))
                name = line.substring("event:".length()).strip();
            if (line.startsWith("data:"))
                data.append(line.substring("data:".length()).strip());
        }
        return Optional.empty();
    }

    private static StreamEvent event(String name, String data, long now) {
        if (data.equals("[DONE]")) return new StreamEvent.Done(now);
        JsonNode json = JSON.readTree(data);
        if (name.equals("error")) {
            JsonNode error = json.path("error");
            return new StreamEvent.Failed(
                    now, error.path("code").asString(), error.path("message").asString());
        }
        if (json.path("usage").isObject()) {
            return new StreamEvent.Counted(now, JSON.treeToValue(json.path("usage"), Usage.class));
        }
        JsonNode choice = json.path("choices").path(0);
        JsonNode reason = choice.path("finish_reason");
        if (reason.isString()) {
            return new StreamEvent.Finished(
                    now, reason.asString(), JSON.treeToValue(json.path("peerllm"), Extras.class));
        }
        JsonNode delta = choice.path("delta");
        return delta.has("role")
                ? new StreamEvent.Begun(now)
                : new StreamEvent.Text(now, delta.path("content").asString());
    }
}
