package com.peerllm.orchestrator.jobs;

import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.ResponseFormat;
import com.peerllm.shared.openai.TextTokens;
import com.peerllm.shared.openai.ToolCall;
import com.peerllm.shared.openai.ToolUse;
import java.nio.charset.StandardCharsets;

/**
 * Between how many tokens the prompt of a request must be, without its model's tokenizer and chat template.
 *
 * @param tokensAtLeast for turning down what fits nowhere
 * @param tokensAtMost a host that counts more is not believed
 */
public record PromptSize(int tokensAtLeast, int tokensAtMost) {
    /** Most tokens that a chat template adds around one message or one call, generously. */
    private static final int TOKENS_AROUND_MESSAGE = 16;

    /** Most tokens that a vocabulary puts before a text, generously. */
    private static final int TOKENS_AROUND_TEXT = 16;

    /** Most tokens that a chat template adds to a conversation: begin marks, today's date. */
    private static final int TOKENS_AROUND_CHAT = 128;

    /** Most tokens of the system prompt that a template puts in when there is none; Devstral Small 2507's has some 700. */
    private static final int TOKENS_OF_DEFAULT_SYSTEM = 896;

    /** Most tokens of what a template says about how tools are called or a form is kept; Command R7B's has some 1,900. */
    private static final int TOKENS_ABOUT_TOOLS = 2048;

    /** Some templates write the tools with line breaks and indents, which are tokens of their own. */
    private static final int TOOLS_GROW_AT_MOST = 2;

    private static final int MOST = Integer.MAX_VALUE / 2;

    static PromptSize of(ChatCompletionRequest chat) {
        return chat.continued().map(each -> ofText(each.text())).orElseGet(() -> ofMessages(chat));
    }

    /** Nothing is put around a text but the marks that a model wants at its beginning. */
    private static PromptSize ofText(String text) {
        return new PromptSize(TextTokens.atLeast(text), TextTokens.atMost(text) + TOKENS_AROUND_TEXT);
    }

    private static PromptSize ofMessages(ChatCompletionRequest chat) {
        long bytes = 0;
        long text = 0;
        long calls = 0;
        long around = TOKENS_AROUND_CHAT + (hasSystem(chat) ? 0 : TOKENS_OF_DEFAULT_SYSTEM);
        for (ChatMessage message : chat.messages()) {
            bytes += message.content().getBytes(StandardCharsets.UTF_8).length;
            text += TextTokens.atMost(message.content());
            calls += message.reasoning().map(TextTokens::atMost).orElse(0)
                    + message.toolCallId().map(TextTokens::atMost).orElse(0);
            for (ToolCall call : message.toolCalls()) {
                calls += TOOLS_GROW_AT_MOST
                                * (long) TextTokens.atMost(call.function().arguments())
                        + TextTokens.atMost(call.function().name())
                        + TextTokens.atMost(call.id());
            }
            around += (long) TOKENS_AROUND_MESSAGE * (1 + message.toolCalls().size());
        }
        long about = aboutTools(chat);
        int least = (int) Math.min(bytes / TextTokens.BYTES_PER_TOKEN_AT_MOST, MOST) + 1;
        return new PromptSize(least, (int) Math.min(text + calls + around + about, MOST));
    }

    private static boolean hasSystem(ChatCompletionRequest chat) {
        return chat.messages().getFirst().role().equals("system");
    }

    /** Whether a template shows the tools and the form, and how, is its own choice: only the upper bound counts them. */
    private static long aboutTools(ChatCompletionRequest chat) {
        long shown = chat.options()
                .tools()
                .map(ToolUse::toolsJson)
                .map(TextTokens::atMost)
                .orElse(0);
        if (chat.options().format() instanceof ResponseFormat.JsonSchema schema)
            shown += TextTokens.atMost(schema.schemaJson());
        return shown == 0 ? 0 : TOKENS_ABOUT_TOOLS + TOOLS_GROW_AT_MOST * shown;
    }
}
