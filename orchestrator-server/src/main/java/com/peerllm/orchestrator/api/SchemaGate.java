package com.peerllm.orchestrator.api;

import com.peerllm.shared.identity.Sha256;
import com.peerllm.shared.openai.AnswerOptions;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.openai.SchemaCheck;
import com.peerllm.shared.openai.ToolUse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Lets requests pass whose schemas answers can be held to. Compiling many large ones takes a tenth of a second of a core, so
 * it is done one at a time, and not again for those that passed lately: a program sends the same tools with every request.
 * Used by many threads.
 */
final class SchemaGate {
    private static final int REMEMBERED = 4096;

    private final Semaphore atOnce = new Semaphore(1);

    /** Hashes only: schemas belong to the prompt. */
    private final Map<String, Boolean> passed = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Waits and computes: not for the event loop. */
    void check(AnswerOptions options) {
        if (!SchemaCheck.isNeeded(options)) return;
        String hash = hash(options);
        if (hasPassed(hash)) return;
        atOnce.acquireUninterruptibly();
        try {
            if (!hasPassed(hash)) SchemaCheck.check(options);
        } finally {
            atOnce.release();
        }
        synchronized (passed) {
            passed.put(hash, true);
        }
    }

    private boolean hasPassed(String hash) {
        synchronized (passed) {
            return passed.get(hash) != null;
        }
    }

    private static String hash(AnswerOptions options) {
        String tools = options.tools().map(ToolUse::toolsJson).orElse("");
        String form = options.format() instanceof ResponseFormat.JsonSchema(String schema) ? schema : "";
        String both = tools.length() + "\n" + tools + form;
        return HexFormat.of().formatHex(Sha256.of(both.getBytes(StandardCharsets.UTF_8)));
    }
}
