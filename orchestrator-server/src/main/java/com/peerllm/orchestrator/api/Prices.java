package com.peerllm.orchestrator.api;

import com.peerllm.shared.money.TokenPrice;
import com.peerllm.shared.openai.AnswerForm;
import java.util.Map;
import java.util.Optional;

/** How prices are written in answers: nano-dollars for a million prompt and a million completion tokens. */
final class Prices {
    private Prices() {}

    static Map<String, Object> of(TokenPrice price) {
        return AnswerForm.fields(
                "prompt_nanodollars_per_million", price.promptPerMillion().nanoDollars(),
                "completion_nanodollars_per_million",
                        price.completionPerMillion().nanoDollars());
    }

    /** {@code null} where there is none. */
    static Map<String, Object> of(Optional<TokenPrice> price) {
        return price.map(Prices::of).orElse(null);
    }
}
