package com.peerllm.orchestrator.jobs;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.ChatMessage;
import com.peerllm.shared.openai.HostWishes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One admitted request: who asks, and for what.
 *
 * @param model the exact file and the network's price of it
 * @param longestWait for a host, when the consumer says that it wants to wait less than others
 */
public record JobRequest(
        JobId id,
        Caller caller,
        ModelManifest model,
        ChatCompletionRequest chat,
        Demands demands,
        Optional<Duration> longestWait)
        implements Billable {

    /** Somebody watches a stream; an answer in one piece is for a program. */
    Patience patience(JobLimits limits) {
        Patience usual = chat.stream() ? limits.interactive() : limits.batch();
        return longestWait.map(usual::withQueueAtMost).orElse(usual);
    }

    @Override
    public HostWishes wishes() {
        return chat.wishes();
    }

    PromptSize prompt() {
        return demands.prompt();
    }

    /** The request's field that has the prompt, for errors about it. */
    String promptField() {
        return chat.continued().isPresent() ? "prompt" : "messages";
    }

    /** Turns of one conversation have the same key; others rarely. Never leaves memory. */
    int conversationKey() {
        String first =
                chat.continued().map(ChatCompletionRequest.Continued::text).orElseGet(this::firstQuestion);
        return Objects.hash(consumer(), model.digest(), first);
    }

    private String firstQuestion() {
        return chat.messages().stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .map(ChatMessage::content)
                .orElse("");
    }

    /** Names the job and the model only, so that no log line can hold a prompt. */
    @Override
    public String toString() {
        return "JobRequest[" + id + ", " + model.id() + "]";
    }
}
