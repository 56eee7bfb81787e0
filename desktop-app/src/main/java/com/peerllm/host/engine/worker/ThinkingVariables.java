package com.peerllm.host.engine.worker;

import com.peerllm.shared.openai.Reasoning;
import com.peerllm.shared.openai.Reasoning.Effort;
import java.util.HashMap;
import java.util.Map;

/**
 * The variables by which templates switch thinking: {@code enable_thinking} (Qwen3, SmolLM3, GLM), {@code thinking} (DeepSeek,
 * Granite), {@code reasoning_effort} (gpt-oss and others).
 *
 * <p>A request that says nothing leaves them to the template, but for the first: as in llama.cpp's own server it is on, which is
 * what templates take it for when it is missing, or rely on.
 */
final class ThinkingVariables {
    private ThinkingVariables() {}

    static Map<String, Object> of(Reasoning reasoning) {
        Map<String, Object> variables = new HashMap<>();
        variables.put("enable_thinking", true);
        reasoning.effort().ifPresent(effort -> {
            variables.put("enable_thinking", effort != Effort.NONE);
            variables.put("thinking", effort != Effort.NONE);
            if (effort != Effort.NONE) variables.put("reasoning_effort", level(effort));
        });
        return variables;
    }

    /** Templates know three levels. */
    private static String level(Effort effort) {
        return (effort == Effort.MINIMAL ? Effort.LOW : effort).toString();
    }
}
