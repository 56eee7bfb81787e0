package com.peerllm.host.answering;

import com.peerllm.host.kernel.HostException;
import com.peerllm.shared.money.Credits;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One answer of the network, read event by event as it comes, with what it cost at its end. */
final class NetworkAnswer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long MOST_LINE_BYTES = 4 * 1024 * 1024;
    private static final String DATA = "data:";

    private final Network network;
    private final RunningAnswer answer;
    private String reason = "stop";
    private int promptTokens;
    private int completionTokens;
    private Optional<Credits> cost = Optional.empty();

    NetworkAnswer(Network network, RunningAnswer answer) {
        this.network = network;
        this.answer = answer;
    }

    /**
     * Reads it to its end and tells the person, who may cancel in between.
     *
     * @throws HostException with a sentence when there is none, or it broke off
     */
    void ask(String model, Assistant.Question question) {
        Call call = network.ask("/v1/chat/completions", ChatWords.forTheNetwork(model, question), Map.of());
        answer.stoppedBy(call::cancel);
        try (Response response = call.execute()) {
            if (!response.isSuccessful()) throw NetworkTroubles.refused(response);
            if (!read(response.body().source())) throw NetworkTroubles.cutOff();
            done(reason);
        } catch (IOException e) {
            if (!answer.isCancelled()) {
                throw answer.hasText() ? NetworkTroubles.cutOff() : NetworkTroubles.unreachable(network.address(), e);
            }
            done("cancelled");
        } catch (JacksonException e) {
            throw NetworkTroubles.noOrchestrator(network.address());
        }
    }

    private void done(String why) {
        answer.done(new Assistant.Outcome(why, promptTokens, completionTokens, cost));
    }

    /** @return whether it came to its end */
    private boolean read(BufferedSource events) throws IOException {
        while (!events.exhausted()) {
            String line = events.readUtf8LineStrict(MOST_LINE_BYTES);
            if (!line.startsWith(DATA)) continue;
            String data = line.substring(DATA.length()).strip();
            if (data.equals("[DONE]")) return true;
            take(JSON.readTree(data));
        }
        return false;
    }

    private void take(JsonNode event) {
        if (event.has("error")) throw NetworkTroubles.refused(event);
        JsonNode choice = event.path("choices").path(0);
        answer.reasoning(choice.at("/delta/reasoning_content").asString(""));
        answer.text(choice.at("/delta/content").asString(""));
        if (choice.path("finish_reason").isString())
            reason = choice.path("finish_reason").asString();
        JsonNode charged = event.at("/peerllm/price_nanodollars");
        if (charged.canConvertToLong()) cost = Optional.of(new Credits(charged.asLong()));
        if (event.path("usage").isObject()) {
            promptTokens = event.at("/usage/prompt_tokens").asInt(0);
            completionTokens = event.at("/usage/completion_tokens").asInt(0);
        }
    }
}
