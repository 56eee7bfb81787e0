package com.peerllm.desktop.models;

import com.peerllm.desktop.models.ModelFace.Actions;
import com.peerllm.desktop.models.ModelFace.Deletion;
import com.peerllm.desktop.models.ModelFace.Kind;
import com.peerllm.desktop.toolkit.Messages;
import com.peerllm.desktop.toolkit.Numbers;
import com.peerllm.desktop.toolkit.RecentPayWording;
import com.peerllm.host.HostModel;
import com.peerllm.host.earnings.RecentPay;
import com.peerllm.host.engine.EngineState;
import com.peerllm.host.modelstore.StoredModel;
import com.peerllm.host.modelstore.StoredModel.Presence;
import com.peerllm.host.storage.ModelRunRow;
import com.peerllm.shared.gguf.GgufFacts;
import com.peerllm.shared.money.TokenPrice;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a model of this computer into words; what is not known is said to be unknown and never becomes a zero. */
final class ModelWording {
    private final Messages messages;
    private final Numbers numbers;
    private final FitWording fits;
    private final RecentPayWording paid;

    ModelWording(Messages messages) {
        this.messages = messages;
        numbers = new Numbers(messages.locale());
        fits = new FitWording(messages);
        paid = new RecentPayWording(messages);
    }

    private record State(Kind kind, String words, Optional<String> problem) {
        State(Kind kind, String words) {
            this(kind, words, Optional.empty());
        }
    }

    /**
     * @param onNetwork what is so, or was asked for
     * @param pinned likewise
     * @param recentPay as the network said it
     */
    ModelFace of(HostModel model, boolean onNetwork, boolean pinned, Optional<RecentPay> recentPay) {
        State state = state(model, onNetwork);
        return new ModelFace(
                model.file().name(),
                state.kind(),
                state.words(),
                state.problem(),
                facts(model),
                fits.of(model.fit()),
                speed(model),
                onNetwork,
                pinned,
                paid.of(recentPay.flatMap(told -> told.of(model.file().digest()))),
                model.ask().map(this::price).orElseGet(() -> messages.text("models.price.network")),
                model.file().path().toString(),
                deletion(model.file()),
                actions(model, pinned));
    }

    private State state(HostModel model, boolean onNetwork) {
        String place = model.file().path().toString();
        if (model.file().presence() == Presence.MISSING) {
            return new State(
                    Kind.BAD,
                    messages.text("models.state.missing"),
                    Optional.of(messages.text("models.state.missing.next", place)));
        }
        if (model.file().presence() == Presence.CHANGED && model.state() instanceof EngineState.Stopped) {
            return new State(
                    Kind.WARNING,
                    messages.text("models.state.changed"),
                    Optional.of(messages.text("models.state.changed.next", place)));
        }
        return switch (model.state()) {
            case EngineState.Ready _ ->
                new State(
                        Kind.LOADED,
                        onNetwork
                                ? messages.text("models.state.loaded.network")
                                : messages.text("models.state.loaded.local"));
            case EngineState.Starting _ -> new State(Kind.BUSY, messages.text("models.state.loading"));
            case EngineState.Restarting(String reason, int attempt) ->
                new State(
                        Kind.WARNING,
                        messages.text("models.state.restarting"),
                        Optional.of(messages.text("models.state.restarting.next", reason, attempt)));
            case EngineState.Failed(var _, String sentence) ->
                new State(Kind.BAD, messages.text("models.state.failed"), Optional.of(sentence));
            case EngineState.Stopped _ -> resting(model, onNetwork, place);
        };
    }

    private State resting(HostModel model, boolean onNetwork, String place) {
        if (model.facts().isEmpty()) {
            return new State(
                    Kind.BAD,
                    messages.text("models.state.unreadable"),
                    Optional.of(messages.text("models.state.unreadable.next", place)));
        }
        return new State(
                Kind.RESTING, onNetwork ? messages.text("models.state.network") : messages.text("models.state.local"));
    }

    private String facts(HostModel model) {
        Stream<String> size = Stream.of(numbers.size(model.file().sizeBytes()));
        Stream<String> header = model.facts().stream()
                .flatMap(facts -> Stream.of(
                        facts.quantization(),
                        messages.text("models.facts.context", facts.shape().contextLength())));
        return Stream.concat(size, header).collect(Collectors.joining(" · "));
    }

    private String speed(HostModel model) {
        return model.run()
                .flatMap(run -> measured(run, model.facts()))
                .orElseGet(
                        () -> model.facts().isPresent() ? fits.speed(model.fit()) : messages.text("models.speed.none"));
    }

    /** A model of vectors only reads. */
    private Optional<String> measured(ModelRunRow run, Optional<GgufFacts> facts) {
        if (run.decodeOne() > 0) {
            return Optional.of(messages.text("models.speed.measured", numbers.rate(run.decodeOne())));
        }
        return facts.isPresent() && run.prefill() > 0
                ? Optional.of(messages.text("models.speed.reading", numbers.rate(run.prefill())))
                : Optional.empty();
    }

    private String price(TokenPrice price) {
        return messages.text(
                "models.price.own",
                numbers.money(price.promptPerMillion()),
                numbers.money(price.completionPerMillion()));
    }

    private Deletion deletion(StoredModel file) {
        boolean gone = file.presence() == Presence.MISSING;
        return file.madeHere() && !gone
                ? new Deletion(
                        messages.text("models.delete"),
                        messages.text("models.delete.really"),
                        messages.text("models.delete.consequence", numbers.size(file.sizeBytes())))
                : new Deletion(
                        messages.text("models.forget"),
                        messages.text("models.forget.really"),
                        gone ? messages.text("models.forget.gone") : messages.text("models.forget.consequence"));
    }

    private static Actions actions(HostModel model, boolean pinned) {
        boolean there = model.file().presence() != Presence.MISSING;
        boolean resting = model.state() instanceof EngineState.Stopped || model.state() instanceof EngineState.Failed;
        boolean loaded = model.state() instanceof EngineState.Ready;
        return new Actions(there && resting, loaded && !pinned, there && (resting || loaded), there);
    }
}
