package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.Answer;
import com.peerllm.shared.money.Credits;
import com.peerllm.shared.openai.AnswerForm;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this network adds to an OpenAI answer: who answered, what it cost, where the receipt is. */
final class Extras {
    private Extras() {}

    static Map<String, Object> of(List<Answer.Part> parts, String receiptId) {
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("hosts", parts.stream().map(Answer.Part::host).distinct().toList());
        extras.put(
                "price_nanodollars",
                parts.stream()
                        .map(Answer.Part::charged)
                        .reduce(Credits.ZERO, Credits::plus)
                        .nanoDollars());
        extras.put("parts", parts.stream().map(Extras::of).toList());
        extras.put("receipt", receiptId);
        return extras;
    }

    private static Map<String, Object> of(Answer.Part part) {
        Map<String, Object> fields = AnswerForm.fields(
                "host", part.host(),
                "prompt_tokens", part.promptTokens(),
                "completion_tokens", part.completionTokens());
        fields.putAll(Prices.of(part.price()));
        fields.put("price_nanodollars", part.charged().nanoDollars());
        return fields;
    }

    static String json(Answer.Summary summary, String receiptId) {
        return new String(Exchange.toJson(of(summary.parts(), receiptId)), StandardCharsets.UTF_8);
    }
}
