package com.peerllm.shared.openai;

import com.peerllm.shared.openai.Reasoning.Effort;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads how much the model may think, under OpenAI's name and llama-server's names. */
final class ReasoningReader {
    private static final Set<String> EFFORTS = Set.of("none", "minimal", "low", "medium", "high");

    private ReasoningReader() {}

    static Reasoning read(Fields body) {
        Optional<Effort> effort = effort(body);
        Optional<Boolean> thinking = thinking(body);
        if (effort.isPresent() && thinking.isPresent() && thinking.get() == (effort.get() == Effort.NONE)) {
            throw Fields.invalid(
                    "invalid_value",
                    "chat_template_kwargs.enable_thinking",
                    "'chat_template_kwargs.enable_thinking' and 'reasoning_effort' contradict each other.");
        }
        // Any effort but none switches the thinking on.
        Optional<Effort> switched = thinking.map(on -> on ? Effort.MEDIUM : Effort.NONE);
        return new Reasoning(effort.or(() -> switched), budget(body));
    }

    private static Optional<Effort> effort(Fields body) {
        Optional<String> asked = body.text("reasoning_effort");
        if (asked.isPresent() && !EFFORTS.contains(asked.get())) {
            throw Fields.invalid(
                    "invalid_value",
                    "reasoning_effort",
                    "'reasoning_effort' must be none, minimal, low, medium or high.");
        }
        return asked.map(effort -> Effort.valueOf(effort.toUpperCase(Locale.ROOT)));
    }

    /** Other arguments of a template would change the prompt behind the host's back, so there are none. */
    private static Optional<Boolean> thinking(Fields body) {
        Optional<Fields> arguments = body.optionalObject("chat_template_kwargs");
        if (arguments.isEmpty()) return Optional.empty();
        for (String name : arguments.get().names()) {
            if (!name.equals("enable_thinking")) throw arguments.get().unknown(name);
        }
        return arguments.get().has("enable_thinking")
                ? Optional.of(arguments.get().flag("enable_thinking", true))
                : Optional.empty();
    }

    /** -1 is llama-server's way to say "no bound of mine". */
    private static OptionalInt budget(Fields body) {
        OptionalLong newer = body.whole("reasoning_budget_tokens", -1, Integer.MAX_VALUE);
        OptionalLong older = body.whole("thinking_budget_tokens", -1, Integer.MAX_VALUE);
        long budget = newer.orElse(older.orElse(-1));
        return budget < 0 ? OptionalInt.empty() : OptionalInt.of((int) budget);
    }
}
