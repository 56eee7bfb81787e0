package com.peerllm.host.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a rendered chat tells about the model that reads it. */
class ProbeChatTest {
    private static final String SHOWN = "Tools: " + ProbeChat.TOOLS_JSON + "\n";

    @Test
    void aCallShowsItsFormat() {
        assertThat(ProbeChat.formatOf(
                        SHOWN + "<tool_call>\n{\"name\": \"probe_tool\", \"arguments\": {\"probe\": 1}}\n</tool_call>"))
                .contains(ToolFormat.HERMES);
        assertThat(ProbeChat.formatOf(SHOWN + "<|a|>\n\n{\"name\": \"probe_tool\", \"parameters\": {\"probe\": 1}}"))
                .contains(ToolFormat.LLAMA);
        assertThat(ProbeChat.formatOf(SHOWN
                        + "[TOOL_CALLS] [{\"name\": \"probe_tool\", \"arguments\": {\"probe\": 1}, \"id\": \"abc\"}]"))
                .contains(ToolFormat.MISTRAL_LIST);
        assertThat(ProbeChat.formatOf(SHOWN + "[TOOL_CALLS]probe_tool[ARGS]{\"probe\": 1}</s>"))
                .contains(ToolFormat.MISTRAL_ARGUMENTS);
        assertThat(ProbeChat.formatOf(SHOWN + "[TOOL_CALLS]probe_tool[CALL_ID]abc123def[ARGS]{\"probe\": 1}</s>"))
                .contains(ToolFormat.MISTRAL_ID);
    }

    @Test
    void otherFormatsAreNotMistakenForKnownOnes() {
        assertThat(ProbeChat.formatOf(SHOWN)).isEmpty();
        assertThat(ProbeChat.formatOf(
                        SHOWN + "<tool_call>\n<function=probe_tool>\n<parameter=probe>\n1\n</parameter>\n</function>"))
                .isEmpty();
        assertThat(ProbeChat.formatOf(SHOWN + "functools[{\"name\": \"probe_tool\", \"parameters\": {\"probe\": 1}}]"))
                .isEmpty();
        assertThat(ProbeChat.formatOf(SHOWN + "{\"name\": \"probe_tool\", \"parameters\": {\"type\": \"object\"}}"))
                .isEmpty();
    }

    @Test
    void aTemplateThatHidesTheToolsCannotCallThem() {
        assertThat(ProbeChat.formatOf(
                        "<tool_call>{\"name\": \"probe_tool\", \"arguments\": {\"probe\": 1}}</tool_call>"))
                .isEmpty();
    }
}
