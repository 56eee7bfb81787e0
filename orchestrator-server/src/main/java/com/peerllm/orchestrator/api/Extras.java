package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.jobs.Answer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What this network adds to an OpenAI answer: who answered, what it cost, where the receipt is. */
final class Extras {
    private Extras() {}

    static Map<String, Object> of(Answer.Summary summary, String receiptId) {
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("hosts", summary.hosts());
        extras.put("price_nanodollars", summary.charged().nanoDollars());
        extras.put("receipt", receiptId);
        return extras;
    }

    static String json(Answer.Summary summary, String receiptId) {
        return new String(Exchange.toJson(of(summary, receiptId)), StandardCharsets.UTF_8);
    }
}
