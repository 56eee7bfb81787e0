package com.peerllm.host.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A chat in which a tool was called: what a template makes of it shows how its model writes calls, since the model was trained
 * on the same text.
 */
public final class ProbeChat {
    private static final String TOOL = "probe_tool";
    private static final String DESCRIPTION = "What the probe is for";
    private static final Pattern ARGUMENTS = Pattern.compile("\\{\\s*\"probe\"\\s*:\\s*1\\s*}");

    /** The OpenAI {@code tools} array. */
    public static final String TOOLS_JSON = """
            [{"type":"function","function":{"name":"probe_tool","description":"What the probe is for",\
            "parameters":{"type":"object","properties":{"probe":{"type":"integer"}},"required":["probe"]}}}]""";

    /** The messages up to the call and its answer; the id is one that all templates take. */
    public static final String MESSAGES_JSON = """
            [{"role":"user","content":"?"},\
            {"role":"assistant","content":"","tool_calls":[{"id":"abc123def","type":"function",\
            "function":{"name":"probe_tool","arguments":"{\\"probe\\":1}"}}]},\
            {"role":"tool","tool_call_id":"abc123def","name":"probe_tool","content":"ok"}]""";

    private ProbeChat() {}

    /** Whether the call's arguments are in the rendered chat as JSON, and not as a text that holds JSON. */
    public static boolean showsArguments(String rendered) {
        return ARGUMENTS.matcher(rendered).find();
    }

    /** The format of the call in the rendered chat; none also for a template that does not show tools to the model. */
    static Optional<ToolFormat> formatOf(String rendered) {
        if (!rendered.contains(DESCRIPTION)) return Optional.empty();
        return Arrays.stream(ToolFormat.values())
                .filter(format -> shows(format, rendered))
                .findFirst();
    }

    private static boolean shows(ToolFormat format, String rendered) {
        String opening = format.opening().orElse("{");
        for (int at = rendered.indexOf(opening); at >= 0; at = rendered.indexOf(opening, at + 1)) {
            int from = format.startsBare() ? at : at + opening.length();
            if (format.startsBare() && !standsAlone(rendered, at)) continue;
            if (isCall(format, rendered.substring(from))) return true;
        }
        return false;
    }

    /** An answer's first character stands behind a blank or the end of a tag. */
    private static boolean standsAlone(String rendered, int at) {
        return at == 0 || List.of(' ', '\n', '>').contains(rendered.charAt(at - 1));
    }

    private static boolean isCall(ToolFormat format, String text) {
        CallMatcher matcher = new CallMatcher(format, Set.of(TOOL), true);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int argumentsFrom = -1;
        for (int i = 0; i < bytes.length; i++) {
            CallMatcher.Seen seen = matcher.take(bytes[i]);
            if (seen == CallMatcher.Seen.BROKEN) return false;
            if (seen == CallMatcher.Seen.ARGUMENT && argumentsFrom < 0) argumentsFrom = i;
            if (seen == CallMatcher.Seen.LAST_ARGUMENT)
                return showsArguments(new String(bytes, argumentsFrom, i + 1 - argumentsFrom, StandardCharsets.UTF_8));
        }
        return false;
    }
}
