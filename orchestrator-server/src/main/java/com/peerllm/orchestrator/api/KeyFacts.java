package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.ledger.KeySpending;
import com.peerllm.orchestrator.ledger.SpendLimit;
import com.peerllm.shared.openai.AnswerForm;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the holder of a key is shown of its spending. */
final class KeyFacts {
    private KeyFacts() {}

    static Map<String, Object> of(Caller caller, KeySpending spending, Instant now) {
        Optional<SpendLimit> limit = caller.spendLimit();
        return AnswerForm.fields(
                "id",
                caller.keyId(),
                "spend_limit_nanodollars",
                limit.map(each -> each.most().nanoDollars()).orElse(null),
                "spend_limit_period",
                limit.map(each -> each.period().word()).orElse(null),
                "spend_limit_resets_at",
                limit.flatMap(each -> each.period().endAfter(now))
                        .map(Instant::toString)
                        .orElse(null),
                "spent_nanodollars",
                spending.spentIn(limit.map(SpendLimit::period).orElse(SpendLimit.Period.TOTAL))
                        .nanoDollars(),
                "held_nanodollars",
                spending.held().nanoDollars());
    }
}
