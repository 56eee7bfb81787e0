package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.jobs.Answer;
import com.peerllm.orchestrator.jobs.Demands;
import com.peerllm.orchestrator.jobs.Job;
import com.peerllm.orchestrator.jobs.JobRequest;
import com.peerllm.orchestrator.jobs.Jobs;
import com.peerllm.orchestrator.jobs.Refusals;
import com.peerllm.shared.identity.JobId;
import com.peerllm.shared.model.ModelId;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.ChunkEnvelope;
import com.peerllm.shared.openai.SchemaCheck;
import com.peerllm.shared.openai.StreamedChoice;
import com.peerllm.shared.wire.ModelFeature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * {@code POST /v1/chat/completions} and {@code POST /v1/completions}: reads the body, off the event loop where that takes long, and
 * starts the job. Lives on the event loop.
 */
final class AnswersRoute {
    /** A body up to this size is read in less than a millisecond, of whatever it consists. */
    private static final int READ_AT_ONCE_BYTES = 16 * 1024;

    /** What an answer is first counted as, against the key's tokens a minute, when the request names no limit. */
    private static final int UNNAMED_ANSWER_TOKENS = 1024;

    private final AnswerForm form;
    private final ModelDirectory models;
    private final Jobs jobs;
    private final InstantSource clock;
    private final Executor loop;
    private final Executor blocking;
    private final SchemaGate schemas = new SchemaGate();

    AnswersRoute(
            AnswerForm form, ModelDirectory models, Jobs jobs, InstantSource clock, Executor loop, Executor blocking) {
        this.form = form;
        this.models = models;
        this.jobs = jobs;
        this.clock = clock;
        this.loop = loop;
        this.blocking = blocking;
    }

    /** Small requests are read at once; what may take longer than a millisecond is read off the event loop. */
    void receive(Exchange exchange, Caller caller, byte[] body) {
        if (body.length <= READ_AT_ONCE_BYTES) {
            ChatCompletionRequest chat = form.read(body);
            if (SchemaCheck.isNeeded(chat.options())) {
                elsewhere(exchange, caller, () -> chat);
            } else {
                complete(exchange, caller, chat, Demands.of(chat));
            }
        } else {
            elsewhere(exchange, caller, () -> form.read(body));
        }
    }

    private void elsewhere(Exchange exchange, Caller caller, Supplier<ChatCompletionRequest> reading) {
        blocking.execute(() -> {
            ConsumerApi.Work next = read(exchange, caller, reading);
            loop.execute(() -> ConsumerApi.answered(exchange, next));
        });
    }

    private ConsumerApi.Work read(Exchange exchange, Caller caller, Supplier<ChatCompletionRequest> reading) {
        try {
            ChatCompletionRequest chat = reading.get();
            schemas.check(chat.options());
            Demands demands = Demands.of(chat);
            return () -> complete(exchange, caller, chat, demands);
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }

    private void complete(Exchange exchange, Caller caller, ChatCompletionRequest chat, Demands demands) {
        if (exchange.response.closed()) return;
        Optional<ModelManifest> model = models.find(chat.model());
        if (model.isEmpty()) {
            exchange.error(Refusals.unknownModel(chat.model()));
            return;
        }
        if (models.lacks(model.get(), feature())) {
            exchange.error(unsupported(model.get().id()));
            return;
        }
        Optional<ApiError> tooDear = models.tooDear(model.get(), chat.wishes());
        if (tooDear.isPresent()) {
            exchange.error(tooDear.get());
            return;
        }
        Optional<Duration> longestWait = MaxWait.of(exchange);
        JobId id = exchange.jobId();
        JobRequest request = new JobRequest(id, caller, model.get(), chat, demands, longestWait);
        if (chat.wishes().estimateOnly()) {
            exchange.json(200, models.estimate(model.get(), jobs.estimate(request)));
            return;
        }
        if (!exchange.takeTokens((long) chat.choices() * chat.maxTokens().orElse(UNNAMED_ANSWER_TOKENS))) return;
        String completionId = form.idPrefix() + id.value().substring("job_".length());
        long created = clock.millis() / 1000;
        String name = model.get().id().value();
        if (chat.stream()) {
            String nameJson = new String(Exchange.toJson(name), StandardCharsets.UTF_8);
            ChunkEnvelope envelope =
                    ChunkEnvelope.of(form.chunkObject(), completionId, created, nameJson, chat.includeUsage());
            List<StreamedChoice> choices = IntStream.range(0, chat.choices())
                    .mapToObj(index -> new StreamedChoice(form.writer(envelope, index, chat)))
                    .toList();
            SseAnswer answer = new SseAnswer(exchange, envelope, choices, id.value(), chat.includeUsage());
            start(exchange, request, answer).ifPresent(answer::belongsTo);
        } else {
            start(exchange, request, new JsonAnswer(exchange, form, completionId, created, name, id.value(), chat));
        }
    }

    /** What a host must be able to do with the model. */
    private ModelFeature feature() {
        return form == AnswerForm.CHAT ? ModelFeature.CHAT : ModelFeature.COMPLETIONS;
    }

    private ApiError unsupported(ModelId model) {
        return form == AnswerForm.CHAT ? Refusals.answersNoChats(model) : Refusals.continuesNoText(model);
    }

    private Optional<Job> start(Exchange exchange, JobRequest request, Answer answer) {
        Optional<Job> job = jobs.start(request, answer);
        if (job.isEmpty()) exchange.tokensUsed(0);
        job.ifPresent(running -> {
            exchange.whenGone(() -> running.abandon("the consumer left"));
            exchange.response.exceptionHandler(e -> running.abandon("the consumer's connection broke"));
        });
        return job;
    }
}
