package com.peerllm.orchestrator.api;

import com.peerllm.orchestrator.accounts.Caller;
import com.peerllm.orchestrator.jobs.EmbeddingJob;
import com.peerllm.orchestrator.jobs.EmbeddingJobs;
import com.peerllm.orchestrator.jobs.EmbeddingOrder;
import com.peerllm.orchestrator.jobs.Refusals;
import com.peerllm.shared.model.ModelManifest;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.EmbeddingRequest;
import com.peerllm.shared.openai.EmbeddingRequestReader;
import com.peerllm.shared.wire.ModelFeature;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/** {@code POST /v1/embeddings}: reads the body off the event loop, where it may be long, and starts the job on it. */
final class EmbeddingsRoute {
    private final ModelDirectory models;
    private final EmbeddingJobs jobs;
    private final Executor loop;
    private final Executor blocking;

    EmbeddingsRoute(ModelDirectory models, EmbeddingJobs jobs, Executor loop, Executor blocking) {
        this.models = models;
        this.jobs = jobs;
        this.loop = loop;
        this.blocking = blocking;
    }

    void receive(Exchange exchange, Caller caller, byte[] body) {
        blocking.execute(() -> {
            ConsumerApi.Work next;
            try {
                EmbeddingRequest request = EmbeddingRequestReader.read(body);
                EmbeddingOrder.Size size = EmbeddingOrder.Size.of(request.inputs());
                next = () -> start(exchange, caller, request, size);
            } catch (RuntimeException e) {
                next = () -> {
                    throw e;
                };
            }
            ConsumerApi.Work then = next;
            loop.execute(() -> ConsumerApi.answered(exchange, then));
        });
    }

    private void start(Exchange exchange, Caller caller, EmbeddingRequest request, EmbeddingOrder.Size size) {
        if (exchange.response.closed()) return;
        Optional<ModelManifest> model = models.find(request.model());
        if (model.isEmpty()) {
            exchange.error(Refusals.unknownModel(request.model()));
            return;
        }
        if (models.lacks(model.get(), ModelFeature.EMBEDDINGS)) {
            exchange.error(Refusals.makesNoEmbeddings(model.get().id()));
            return;
        }
        Optional<ApiError> tooDear = models.tooDear(model.get(), request.wishes());
        if (tooDear.isPresent()) {
            exchange.error(tooDear.get());
            return;
        }
        Optional<Duration> longestWait = MaxWait.of(exchange);
        EmbeddingOrder order = EmbeddingOrder.of(exchange.jobId(), caller, model.get(), request, size, longestWait);
        if (request.wishes().estimateOnly()) {
            exchange.json(200, models.estimate(model.get(), jobs.estimate(order)));
            return;
        }
        if (!exchange.takeTokens(0)) return;
        VectorsAnswer answer = new VectorsAnswer(
                exchange, model.get().id().value(), order.id().value(), request.encoding(), loop, blocking);
        Optional<EmbeddingJob> started = jobs.start(order, answer);
        if (started.isEmpty()) exchange.tokensUsed(0);
        started.ifPresent(job -> {
            exchange.whenGone(() -> job.abandon("the consumer left"));
            exchange.response.exceptionHandler(e -> job.abandon("the consumer's connection broke"));
        });
    }
}
