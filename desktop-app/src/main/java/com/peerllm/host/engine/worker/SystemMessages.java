package com.peerllm.host.engine.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts system messages into the user's, for templates that have no place for them (Gemma 2): each goes before the user's next
 * message, on lines of its own, as llama.cpp's server does it.
 */
final class SystemMessages {
    private SystemMessages() {}

    static List<Object> foldedIntoUsers(List<Object> messages) {
        List<Object> folded = new ArrayList<>();
        StringBuilder waiting = new StringBuilder();
        for (Object message : messages) {
            switch (role(message)) {
                case "system" -> waiting.append(content(message)).append('\n');
                case "user" -> {
                    folded.add(user(message, waiting + content(message)));
                    waiting.setLength(0);
                }
                default -> folded.add(message);
            }
        }
        if (!waiting.isEmpty()) folded.add(user(Map.of(), waiting.toString().strip()));
        return folded;
    }

    private static Map<String, Object> user(Object message, String content) {
        Map<String, Object> user = new LinkedHashMap<>();
        if (message instanceof Map<?, ?> fields) fields.forEach((name, value) -> user.put(name.toString(), value));
        user.put("role", "user");
        user.put("content", content);
        return user;
    }

    private static String role(Object message) {
        return message instanceof Map<?, ?> fields && fields.get("role") instanceof String role ? role : "";
    }

    private static String content(Object message) {
        return message instanceof Map<?, ?> fields && fields.get("content") instanceof String text ? text : "";
    }
}
