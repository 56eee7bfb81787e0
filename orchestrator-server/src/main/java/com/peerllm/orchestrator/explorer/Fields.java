package com.peerllm.orchestrator.explorer;

import com.peerllm.shared.money.Credits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The members of a JSON object, in the order in which they were named. */
final class Fields {
    private final Map<String, Object> members = new LinkedHashMap<>();

    /** @param value what is empty or {@code null} becomes {@code null} */
    Fields with(String name, Object value) {
        members.put(name, value instanceof Optional<?> optional ? optional.orElse(null) : value);
        return this;
    }

    /** An amount; its name says the unit. */
    Fields amount(String name, Credits amount) {
        return with(name + "_nanodollars", amount.nanoDollars());
    }

    Map<String, Object> map() {
        return members;
    }
}
