package com.peerllm.host.localapi;

import com.peerllm.host.answering.Hybrid;
import com.peerllm.host.answering.Network;
import com.peerllm.host.answering.NetworkModel;
import com.peerllm.host.answering.OwnModels;
import com.peerllm.host.answering.OwnModels.OwnModel;
import com.peerllm.host.answering.Ways;
import com.peerllm.host.kernel.HostException;
import com.peerllm.host.kernel.Signal;
import com.peerllm.host.settings.HostSettings;
import com.peerllm.host.settings.LocalApiSettings.Mode;
import com.peerllm.shared.openai.AnswerForm;
import com.peerllm.shared.openai.ApiError;
import com.peerllm.shared.openai.ChatCompletionRequest;
import com.peerllm.shared.openai.EmbeddingRequest;
import com.peerllm.shared.openai.EmbeddingRequestReader;
import com.peerllm.shared.openai.SchemaCheck;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Answers the requests of programs: decides who answers, this computer or the network, and has it done. */
final class LocalAnswering {
    private final OwnModels own;
    private final Network network;
    private final Signal<HostSettings> settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Ways ways;
    private final Forwarding forwarding;

    LocalAnswering(
            OwnModels own,
            Network network,
            Signal<HostSettings> settings,
            InstantSource clock,
            RandomGenerator random) {
        this.own = own;
        this.network = network;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.ways = new Ways(own, network, settings);
        this.forwarding = new Forwarding(network);
    }

    void models(LocalExchange exchange) {
        exchange.json(200, ModelObjects.list(own.list(), listedThere()));
    }

    void model(LocalExchange exchange, String id) {
        ModelObjects.one(id, own.list(), id.startsWith(Hybrid.NETWORK) ? network.recentModels() : listedThere())
                .ifPresentOrElse(
                        found -> exchange.json(200, found),
                        () -> exchange.error(notFound("This computer has no model of that name; GET /v1/models lists"
                                + " those that can be asked.")));
    }

    private List<NetworkModel> listedThere() {
        return mode() == Mode.LOCAL ? List.of() : network.recentModels();
    }

    private Mode mode() {
        return settings.get().localApi().mode();
    }

    /** A chat or a text to continue. */
    void answer(LocalExchange exchange, AnswerForm form) {
        ChatCompletionRequest chat = form.read(exchange.request().body());
        switch (ways.of(chat.model())) {
            case Hybrid.Local(OwnModel model, Hybrid.Why why) -> answerHere(exchange, form, chat, model, why);
            case Hybrid.Remote remote ->
                forward(exchange, remote, model -> answerHere(exchange, form, chat, model, Hybrid.Why.NETWORK_FAILED));
            case Hybrid.Nowhere nowhere -> exchange.error(refusal(nowhere));
        }
    }

    private void answerHere(
            LocalExchange exchange, AnswerForm form, ChatCompletionRequest chat, OwnModel model, Hybrid.Why why) {
        Abilities.requireFor(chat, model);
        SchemaCheck.check(chat.options());
        Place.LOCAL.tell(exchange, why);
        AnswerHead head = new AnswerHead(
                form,
                form.idPrefix() + randomHex(16),
                clock.millis() / 1000,
                Hybrid.LOCAL + model.name(),
                "{\"place\":\"local\",\"why\":\"" + why.word() + "\"}");
        AnswerSink sink =
                chat.stream() ? new StreamedAnswer(exchange, head, chat) : new WholeAnswer(exchange, head, chat);
        new OwnChoices(own, model, head, chat, sink, random).begin(exchange);
    }

    void embed(LocalExchange exchange) {
        EmbeddingRequest request =
                EmbeddingRequestReader.read(exchange.request().body());
        switch (ways.of(request.model())) {
            case Hybrid.Local(OwnModel model, Hybrid.Why why) -> embedHere(exchange, request, model, why);
            case Hybrid.Remote remote ->
                forward(exchange, remote, model -> embedHere(exchange, request, model, Hybrid.Why.NETWORK_FAILED));
            case Hybrid.Nowhere nowhere -> exchange.error(refusal(nowhere));
        }
    }

    private void embedHere(LocalExchange exchange, EmbeddingRequest request, OwnModel model, Hybrid.Why why) {
        Abilities.requireFor(request, model);
        Place.LOCAL.tell(exchange, why);
        VectorsAnswer answer = new VectorsAnswer(exchange, request, Hybrid.LOCAL + model.name());
        exchange.whenGone(own.embed(model.digest(), request.inputs(), answer)::cancel);
    }

    private interface Otherwise {
        void answer(OwnModel model);
    }

    private void forward(LocalExchange exchange, Hybrid.Remote remote, Otherwise otherwise) {
        Place.NETWORK.tell(exchange, remote.why());
        Optional<HostException> failure = forwarding.forward(exchange, remote);
        if (failure.isEmpty()) return;
        if (remote.otherwise().isPresent()) {
            otherwise.answer(remote.otherwise().get());
        } else {
            throw failure.get();
        }
    }

    private static ApiError refusal(Hybrid.Nowhere nowhere) {
        return nowhere.noKey()
                ? ApiError.of(403, "invalid_request_error", "no_network_key", nowhere.sentence())
                : notFound(nowhere.sentence());
    }

    private static ApiError notFound(String sentence) {
        return new ApiError(404, sentence, "invalid_request_error", Optional.of("model"), "model_not_found");
    }

    private String randomHex(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }
}
